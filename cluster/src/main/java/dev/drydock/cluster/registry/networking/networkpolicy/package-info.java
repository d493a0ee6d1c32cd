/// The rules of network policies.
@NullMarked
package dev.drydock.cluster.registry.networking.networkpolicy;

import org.jspecify.annotations.NullMarked;
