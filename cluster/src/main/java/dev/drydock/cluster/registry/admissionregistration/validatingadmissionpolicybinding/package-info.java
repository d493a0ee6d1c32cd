/// The rules of what binds validating admission policies to requests.
@NullMarked
package dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicybinding;

import org.jspecify.annotations.NullMarked;
