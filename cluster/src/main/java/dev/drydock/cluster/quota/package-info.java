/// What objects take of a namespace's quotas: shared by admission, which refuses, and the
/// controller, which counts.
@NullMarked
package dev.drydock.cluster.quota;

import org.jspecify.annotations.NullMarked;
