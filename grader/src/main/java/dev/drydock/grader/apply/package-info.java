/// Applies manifests to a cluster as `kubectl apply --validate=strict` would.
@NullMarked
package dev.drydock.grader.apply;

import org.jspecify.annotations.NullMarked;
