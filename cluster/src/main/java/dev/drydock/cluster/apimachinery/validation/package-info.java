/// Field errors and the rules of names, labels and annotations that every kind shares.
@NullMarked
package dev.drydock.cluster.apimachinery.validation;

import org.jspecify.annotations.NullMarked;
