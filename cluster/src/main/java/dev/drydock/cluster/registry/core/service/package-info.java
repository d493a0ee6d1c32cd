/// The rules of services, their addresses and node ports.
@NullMarked
package dev.drydock.cluster.registry.core.service;

import org.jspecify.annotations.NullMarked;
