/// Pulling images, and waiting longer after each failure.
@NullMarked
package dev.drydock.cluster.kubelet.images;

import org.jspecify.annotations.NullMarked;
