/// The rules of deployments.
@NullMarked
package dev.drydock.cluster.registry.apps.deployment;

import org.jspecify.annotations.NullMarked;
