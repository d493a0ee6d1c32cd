/// Measurements, run by hand; no test depends on them.
@NullMarked
package dev.drydock.cluster.bench;

import org.jspecify.annotations.NullMarked;
