/// The status of a pod, computed from its containers.
@NullMarked
package dev.drydock.cluster.kubelet.status;

import org.jspecify.annotations.NullMarked;
