/// As many pods as a ReplicaSet asks for.
@NullMarked
package dev.drydock.cluster.controller.replicaset;

import org.jspecify.annotations.NullMarked;
