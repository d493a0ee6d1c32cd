/// The rules of secrets.
@NullMarked
package dev.drydock.cluster.registry.core.secret;

import org.jspecify.annotations.NullMarked;
