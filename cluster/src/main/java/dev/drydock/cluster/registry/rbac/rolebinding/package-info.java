/// The rules of role bindings and cluster role bindings.
@NullMarked
package dev.drydock.cluster.registry.rbac.rolebinding;

import org.jspecify.annotations.NullMarked;
