/// What a container is started with.
@NullMarked
package dev.drydock.cluster.kubelet.kuberuntime;

import org.jspecify.annotations.NullMarked;
