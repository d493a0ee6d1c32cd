/// Counts how many pods of each disruption budget may be evicted.
@NullMarked
package dev.drydock.cluster.controller.disruption;

import org.jspecify.annotations.NullMarked;
