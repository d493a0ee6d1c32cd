/// Work queues with back-off, as values.
@NullMarked
package dev.drydock.cluster.client.workqueue;

import org.jspecify.annotations.NullMarked;
