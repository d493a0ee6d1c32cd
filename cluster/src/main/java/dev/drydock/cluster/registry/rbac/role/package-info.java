/// The rules of roles and cluster roles.
@NullMarked
package dev.drydock.cluster.registry.rbac.role;

import org.jspecify.annotations.NullMarked;
