/// The rules of pod disruption budgets.
@NullMarked
package dev.drydock.cluster.registry.policy.poddisruptionbudget;

import org.jspecify.annotations.NullMarked;
