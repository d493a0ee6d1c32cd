/// The rules of cron jobs and their schedules.
@NullMarked
package dev.drydock.cluster.registry.batch.cronjob;

import org.jspecify.annotations.NullMarked;
