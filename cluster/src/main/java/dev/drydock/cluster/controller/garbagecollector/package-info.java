/// Deletes what its owners have left behind.
@NullMarked
package dev.drydock.cluster.controller.garbagecollector;

import org.jspecify.annotations.NullMarked;
