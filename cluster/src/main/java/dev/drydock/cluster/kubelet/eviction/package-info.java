/// Ending pods for the good of their node.
@NullMarked
package dev.drydock.cluster.kubelet.eviction;

import org.jspecify.annotations.NullMarked;
