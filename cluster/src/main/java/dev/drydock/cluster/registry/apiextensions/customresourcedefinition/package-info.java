/// Custom resource definitions.
@NullMarked
package dev.drydock.cluster.registry.apiextensions.customresourcedefinition;

import org.jspecify.annotations.NullMarked;
