/// The rules of priority classes.
@NullMarked
package dev.drydock.cluster.registry.scheduling.priorityclass;

import org.jspecify.annotations.NullMarked;
