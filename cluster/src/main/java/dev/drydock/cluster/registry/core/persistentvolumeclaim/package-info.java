/// The rules of persistent volume claims, and of the claim templates in other kinds.
@NullMarked
package dev.drydock.cluster.registry.core.persistentvolumeclaim;

import org.jspecify.annotations.NullMarked;
