/// Pods with a name, a place in the order, and a store of their own.
@NullMarked
package dev.drydock.cluster.controller.statefulset;

import org.jspecify.annotations.NullMarked;
