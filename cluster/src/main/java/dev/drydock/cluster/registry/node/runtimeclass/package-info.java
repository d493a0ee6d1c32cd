/// The rules of runtime classes.
@NullMarked
package dev.drydock.cluster.registry.node.runtimeclass;

import org.jspecify.annotations.NullMarked;
