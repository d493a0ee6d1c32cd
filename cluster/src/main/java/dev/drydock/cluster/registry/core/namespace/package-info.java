/// The rules of namespaces.
@NullMarked
package dev.drydock.cluster.registry.core.namespace;

import org.jspecify.annotations.NullMarked;
