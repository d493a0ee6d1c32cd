/// The names and amounts of resources, wherever objects have them.
@NullMarked
package dev.drydock.cluster.registry.core.resource;

import org.jspecify.annotations.NullMarked;
