/// Startup, liveness and readiness probes.
@NullMarked
package dev.drydock.cluster.kubelet.prober;

import org.jspecify.annotations.NullMarked;
