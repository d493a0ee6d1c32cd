/// The clocks of a cluster: the wall's, and one that jumps. The only room that reads the time of
/// the machine.
@NullMarked
package dev.drydock.cluster.time;

import org.jspecify.annotations.NullMarked;
