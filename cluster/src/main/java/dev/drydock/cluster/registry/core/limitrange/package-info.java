/// The rules of limit ranges.
@NullMarked
package dev.drydock.cluster.registry.core.limitrange;

import org.jspecify.annotations.NullMarked;
