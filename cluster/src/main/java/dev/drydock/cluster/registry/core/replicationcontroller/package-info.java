/// The rules of replication controllers.
@NullMarked
package dev.drydock.cluster.registry.core.replicationcontroller;

import org.jspecify.annotations.NullMarked;
