/// The rules of jobs, and of the job templates in cron jobs.
@NullMarked
package dev.drydock.cluster.registry.batch.job;

import org.jspecify.annotations.NullMarked;
