/// The rules of persistent volumes.
@NullMarked
package dev.drydock.cluster.registry.core.persistentvolume;

import org.jspecify.annotations.NullMarked;
