/// What all objects have in common: their metadata, and how times are written.
@NullMarked
package dev.drydock.cluster.apimachinery.meta;

import org.jspecify.annotations.NullMarked;
