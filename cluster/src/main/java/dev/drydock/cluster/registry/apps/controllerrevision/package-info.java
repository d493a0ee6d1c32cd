/// The rules of controller revisions.
@NullMarked
package dev.drydock.cluster.registry.apps.controllerrevision;

import org.jspecify.annotations.NullMarked;
