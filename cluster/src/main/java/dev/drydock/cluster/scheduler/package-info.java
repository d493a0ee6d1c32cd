/// Finds a node for each pod.
@NullMarked
package dev.drydock.cluster.scheduler;

import org.jspecify.annotations.NullMarked;
