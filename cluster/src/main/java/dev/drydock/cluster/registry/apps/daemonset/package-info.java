/// The rules of daemon sets.
@NullMarked
package dev.drydock.cluster.registry.apps.daemonset;

import org.jspecify.annotations.NullMarked;
