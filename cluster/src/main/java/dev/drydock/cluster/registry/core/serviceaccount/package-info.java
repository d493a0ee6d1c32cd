/// The rules of service accounts.
@NullMarked
package dev.drydock.cluster.registry.core.serviceaccount;

import org.jspecify.annotations.NullMarked;
