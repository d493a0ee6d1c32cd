/// The rules of storage classes.
@NullMarked
package dev.drydock.cluster.registry.storage.storageclass;

import org.jspecify.annotations.NullMarked;
