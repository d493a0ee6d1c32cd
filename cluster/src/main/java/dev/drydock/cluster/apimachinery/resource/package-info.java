/// Amounts of resources, and values that are a number or a name.
@NullMarked
package dev.drydock.cluster.apimachinery.resource;

import org.jspecify.annotations.NullMarked;
