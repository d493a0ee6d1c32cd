/// Servers that containers run: kuard, nginx and the like, as states with reactions to connections,
/// signals and time.
@NullMarked
package dev.drydock.cluster.os.servers;

import org.jspecify.annotations.NullMarked;
