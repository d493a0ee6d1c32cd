/// The rules of endpoints.
@NullMarked
package dev.drydock.cluster.registry.core.endpoints;

import org.jspecify.annotations.NullMarked;
