/// The rules of stateful sets.
@NullMarked
package dev.drydock.cluster.registry.apps.statefulset;

import org.jspecify.annotations.NullMarked;
