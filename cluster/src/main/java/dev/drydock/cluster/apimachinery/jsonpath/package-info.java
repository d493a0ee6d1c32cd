/// Paths into objects, as printer columns and scales name them.
@NullMarked
package dev.drydock.cluster.apimachinery.jsonpath;

import org.jspecify.annotations.NullMarked;
