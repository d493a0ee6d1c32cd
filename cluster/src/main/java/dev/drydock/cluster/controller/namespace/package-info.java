/// Empties a namespace that is being deleted, and then lets it go.
@NullMarked
package dev.drydock.cluster.controller.namespace;

import org.jspecify.annotations.NullMarked;
