/// Getting a pod's volumes ready before its containers start.
@NullMarked
package dev.drydock.cluster.kubelet.volume;

import org.jspecify.annotations.NullMarked;
