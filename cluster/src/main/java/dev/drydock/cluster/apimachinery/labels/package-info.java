/// Label selectors: parsing and matching.
@NullMarked
package dev.drydock.cluster.apimachinery.labels;

import org.jspecify.annotations.NullMarked;
