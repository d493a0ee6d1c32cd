/// The rules of validating admission policies.
@NullMarked
package dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicy;

import org.jspecify.annotations.NullMarked;
