/// What metrics-server does: it looks from time to time at what containers use.
@NullMarked
package dev.drydock.cluster.metrics;

import org.jspecify.annotations.NullMarked;
