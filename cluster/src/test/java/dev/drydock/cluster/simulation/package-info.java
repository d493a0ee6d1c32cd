/// Random lives of clusters, drawn from seeds, and what must hold at every moment of them.
@NullMarked
package dev.drydock.cluster.simulation;

import org.jspecify.annotations.NullMarked;
