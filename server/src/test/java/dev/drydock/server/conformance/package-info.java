/// The real kubectl against the embedded cluster, compared with recordings of the real Kubernetes.
@NullMarked
package dev.drydock.server.conformance;

import org.jspecify.annotations.NullMarked;
