/// What roles and bindings have in common.
@NullMarked
package dev.drydock.cluster.registry.rbac;

import org.jspecify.annotations.NullMarked;
