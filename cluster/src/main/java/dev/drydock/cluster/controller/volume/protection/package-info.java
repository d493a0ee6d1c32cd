/// Keeps claims and volumes that are in use from going away.
@NullMarked
package dev.drydock.cluster.controller.volume.protection;

import org.jspecify.annotations.NullMarked;
