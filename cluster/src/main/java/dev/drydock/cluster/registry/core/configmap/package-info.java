/// The rules of config maps.
@NullMarked
package dev.drydock.cluster.registry.core.configmap;

import org.jspecify.annotations.NullMarked;
