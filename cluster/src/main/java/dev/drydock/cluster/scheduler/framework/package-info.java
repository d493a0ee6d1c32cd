/// What scheduler plugins are made of: nodes as the scheduler sees them, filters, scores, statuses.
@NullMarked
package dev.drydock.cluster.scheduler.framework;

import org.jspecify.annotations.NullMarked;
