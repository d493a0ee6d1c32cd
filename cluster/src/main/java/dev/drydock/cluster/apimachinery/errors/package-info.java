/// The API server's errors: reasons, codes and messages of the Status object.
@NullMarked
package dev.drydock.cluster.apimachinery.errors;

import org.jspecify.annotations.NullMarked;
