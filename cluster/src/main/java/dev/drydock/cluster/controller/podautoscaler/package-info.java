/// Sets the size of workloads by what their pods use.
@NullMarked
package dev.drydock.cluster.controller.podautoscaler;

import org.jspecify.annotations.NullMarked;
