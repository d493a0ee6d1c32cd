/// Rollouts: from one set of pods to the next.
@NullMarked
package dev.drydock.cluster.controller.deployment;

import org.jspecify.annotations.NullMarked;
