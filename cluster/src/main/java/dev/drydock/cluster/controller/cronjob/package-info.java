/// Jobs at their times.
@NullMarked
package dev.drydock.cluster.controller.cronjob;

import org.jspecify.annotations.NullMarked;
