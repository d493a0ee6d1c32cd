/// Which pod is looked at next, and when one that fits nowhere is tried again.
@NullMarked
package dev.drydock.cluster.scheduler.queue;

import org.jspecify.annotations.NullMarked;
