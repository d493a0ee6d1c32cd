/// What the kinds that govern admission have in common.
@NullMarked
package dev.drydock.cluster.registry.admissionregistration;

import org.jspecify.annotations.NullMarked;
