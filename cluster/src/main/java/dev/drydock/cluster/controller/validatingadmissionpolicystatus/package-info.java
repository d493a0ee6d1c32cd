/// Tells that a policy has been looked at.
@NullMarked
package dev.drydock.cluster.controller.validatingadmissionpolicystatus;

import org.jspecify.annotations.NullMarked;
