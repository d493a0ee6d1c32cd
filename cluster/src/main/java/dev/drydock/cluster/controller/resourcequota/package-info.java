/// Counts what quotas limit.
@NullMarked
package dev.drydock.cluster.controller.resourcequota;

import org.jspecify.annotations.NullMarked;
