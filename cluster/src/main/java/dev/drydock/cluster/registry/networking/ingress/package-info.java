/// The rules of ingresses.
@NullMarked
package dev.drydock.cluster.registry.networking.ingress;

import org.jspecify.annotations.NullMarked;
