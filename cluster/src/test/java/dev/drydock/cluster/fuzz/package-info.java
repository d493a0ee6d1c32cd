/// Requests that nobody would send, sent.
@NullMarked
package dev.drydock.cluster.fuzz;

import org.jspecify.annotations.NullMarked;
