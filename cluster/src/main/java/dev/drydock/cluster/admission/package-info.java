/// Plugins that look at a request before it is stored: some change it, some refuse it.
@NullMarked
package dev.drydock.cluster.admission;

import org.jspecify.annotations.NullMarked;
