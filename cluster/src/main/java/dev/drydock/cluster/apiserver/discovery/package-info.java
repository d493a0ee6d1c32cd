/// The documents that tell a client which resources there are.
@NullMarked
package dev.drydock.cluster.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
