/// The rules of endpoint slices.
@NullMarked
package dev.drydock.cluster.registry.discovery.endpointslice;

import org.jspecify.annotations.NullMarked;
