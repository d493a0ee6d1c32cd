/// The rules of webhook configurations, mutating and validating.
@NullMarked
package dev.drydock.cluster.registry.admissionregistration.webhookconfiguration;

import org.jspecify.annotations.NullMarked;
