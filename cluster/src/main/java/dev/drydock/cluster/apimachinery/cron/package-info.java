/// Schedules as cron writes them.
@NullMarked
package dev.drydock.cluster.apimachinery.cron;

import org.jspecify.annotations.NullMarked;
