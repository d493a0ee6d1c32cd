/// Pods that run to their end, and jobs that go some time after theirs.
@NullMarked
package dev.drydock.cluster.controller.job;

import org.jspecify.annotations.NullMarked;
