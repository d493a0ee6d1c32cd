/// The language of checks: CEL with Kubernetes' own functions and the evidence of a cluster.
@NullMarked
package dev.drydock.grader.cel;

import org.jspecify.annotations.NullMarked;
