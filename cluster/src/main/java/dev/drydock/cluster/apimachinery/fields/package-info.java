/// Field selectors: parsing and matching.
@NullMarked
package dev.drydock.cluster.apimachinery.fields;

import org.jspecify.annotations.NullMarked;
