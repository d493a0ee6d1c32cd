/// The verbs on stored resources, the same for every kind; what differs is in its strategy.
@NullMarked
package dev.drydock.cluster.registry.rest;

import org.jspecify.annotations.NullMarked;
