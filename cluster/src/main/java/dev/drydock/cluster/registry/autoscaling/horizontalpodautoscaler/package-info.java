/// The rules of horizontal pod autoscalers.
@NullMarked
package dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler;

import org.jspecify.annotations.NullMarked;
