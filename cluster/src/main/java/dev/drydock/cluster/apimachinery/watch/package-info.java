/// Watch events, as components and clients see them.
@NullMarked
package dev.drydock.cluster.apimachinery.watch;

import org.jspecify.annotations.NullMarked;
