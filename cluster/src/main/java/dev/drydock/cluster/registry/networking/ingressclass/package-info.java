/// The rules of ingress classes.
@NullMarked
package dev.drydock.cluster.registry.networking.ingressclass;

import org.jspecify.annotations.NullMarked;
