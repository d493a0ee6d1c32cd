/// The rules of pods, and of the pod templates in other kinds.
@NullMarked
package dev.drydock.cluster.registry.core.pod;

import org.jspecify.annotations.NullMarked;
