/// Who sends a request.
@NullMarked
package dev.drydock.cluster.authentication;

import org.jspecify.annotations.NullMarked;
