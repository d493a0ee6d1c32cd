/// Who manages which fields of an object, and server-side apply.
@NullMarked
package dev.drydock.cluster.apimachinery.managedfields;

import org.jspecify.annotations.NullMarked;
