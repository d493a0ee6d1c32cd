/// The three kinds of patches that change an object in place: JSON patch, merge patch and strategic
/// merge patch.
@NullMarked
package dev.drydock.cluster.apimachinery.patch;

import org.jspecify.annotations.NullMarked;
