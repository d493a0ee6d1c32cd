/// Making room for a pod by taking less important ones away.
@NullMarked
package dev.drydock.cluster.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
