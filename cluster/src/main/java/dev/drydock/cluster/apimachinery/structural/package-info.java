/// The schemas of custom resources, and what objects are by them: pruned, defaulted, validated.
@NullMarked
package dev.drydock.cluster.apimachinery.structural;

import org.jspecify.annotations.NullMarked;
