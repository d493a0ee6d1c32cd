/// The rules of nodes.
@NullMarked
package dev.drydock.cluster.registry.core.node;

import org.jspecify.annotations.NullMarked;
