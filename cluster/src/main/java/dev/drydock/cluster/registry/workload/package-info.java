/// What the kinds that own pods have in common.
@NullMarked
package dev.drydock.cluster.registry.workload;

import org.jspecify.annotations.NullMarked;
