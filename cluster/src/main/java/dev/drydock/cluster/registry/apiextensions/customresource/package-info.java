/// Custom resources: their stores, made of their definitions.
@NullMarked
package dev.drydock.cluster.registry.apiextensions.customresource;

import org.jspecify.annotations.NullMarked;
