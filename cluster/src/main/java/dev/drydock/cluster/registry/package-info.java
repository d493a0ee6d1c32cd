/// How objects of each kind are made, changed and removed: one folder a kind, one shape.
@NullMarked
package dev.drydock.cluster.registry;

import org.jspecify.annotations.NullMarked;
