/// The rules of events.
@NullMarked
package dev.drydock.cluster.registry.core.event;

import org.jspecify.annotations.NullMarked;
