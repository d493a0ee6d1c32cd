/// Accepts the names of custom resource definitions, establishes and finalizes them.
@NullMarked
package dev.drydock.cluster.controller.apiextensions;

import org.jspecify.annotations.NullMarked;
