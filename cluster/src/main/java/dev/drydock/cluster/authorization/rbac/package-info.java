/// Role-based access control: roles, bindings, rules.
@NullMarked
package dev.drydock.cluster.authorization.rbac;

import org.jspecify.annotations.NullMarked;
