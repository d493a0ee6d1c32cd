/// The rules of CSI drivers.
@NullMarked
package dev.drydock.cluster.registry.storage.csidriver;

import org.jspecify.annotations.NullMarked;
