/// What claims and volumes say of each other, for all who bind them.
@NullMarked
package dev.drydock.cluster.volume;

import org.jspecify.annotations.NullMarked;
