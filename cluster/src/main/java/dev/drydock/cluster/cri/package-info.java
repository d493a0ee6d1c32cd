/// The container runtime as the kubelet sees it: sandboxes, containers, images, volumes, logs and
/// exec, with the names of Kubernetes' CRI. The state of a whole cluster's containers is one
/// immutable {@link dev.drydock.cluster.cri.RuntimeState}, edited within a step of the cluster's
/// loop through a {@link dev.drydock.cluster.cri.ContainerRuntime}.
@NullMarked
package dev.drydock.cluster.cri;

import org.jspecify.annotations.NullMarked;
