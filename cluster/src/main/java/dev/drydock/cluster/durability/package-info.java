/// What of a cluster outlives its process: snapshots, and a journal of what changed since.
@NullMarked
package dev.drydock.cluster.durability;

import org.jspecify.annotations.NullMarked;
