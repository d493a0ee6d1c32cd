/// The rules of leases.
@NullMarked
package dev.drydock.cluster.registry.coordination.lease;

import org.jspecify.annotations.NullMarked;
