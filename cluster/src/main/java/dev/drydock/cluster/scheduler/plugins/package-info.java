/// The scheduler's plugins: each one reason why a pod does not fit a node, or fits one better.
@NullMarked
package dev.drydock.cluster.scheduler.plugins;

import org.jspecify.annotations.NullMarked;
