package dev.drydock.cluster.kubelet.images;

import dev.drydock.cluster.kubelet.Backoff;
import java.time.Instant;

/// Where the pull of a container's image stands.
public sealed interface Pull {
  Pull NONE = new None();

  /// Not begun.
  record None() implements Pull {}

  /// Under way.
  record Running(Instant since, Instant until) implements Pull {}

  /// Failed; tried again after the back-off.
  record Failed(String message, Instant at, Backoff backoff) implements Pull {}
}
