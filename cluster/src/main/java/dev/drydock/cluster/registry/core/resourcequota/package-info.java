/// The rules of resource quotas.
@NullMarked
package dev.drydock.cluster.registry.core.resourcequota;

import org.jspecify.annotations.NullMarked;
