/// Removes the pods of nodes that are gone.
@NullMarked
package dev.drydock.cluster.controller.podgc;

import org.jspecify.annotations.NullMarked;
