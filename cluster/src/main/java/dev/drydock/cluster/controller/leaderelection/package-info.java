/// Who leads: the leases of the parts of the control plane.
@NullMarked
package dev.drydock.cluster.controller.leaderelection;

import org.jspecify.annotations.NullMarked;
