/// The rules of replica sets.
@NullMarked
package dev.drydock.cluster.registry.apps.replicaset;

import org.jspecify.annotations.NullMarked;
