/// Events: what components tell people.
@NullMarked
package dev.drydock.cluster.client.record;

import org.jspecify.annotations.NullMarked;
