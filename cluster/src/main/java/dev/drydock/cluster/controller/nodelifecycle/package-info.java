/// Notices nodes that no longer tell of themselves, and taints nodes by what they say.
@NullMarked
package dev.drydock.cluster.controller.nodelifecycle;

import org.jspecify.annotations.NullMarked;
