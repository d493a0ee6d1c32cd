/// The expression language of Kubernetes: CEL with the functions that its API server adds.
@NullMarked
package dev.drydock.cluster.apimachinery.cel;

import org.jspecify.annotations.NullMarked;
