package dev.drydock.cluster.kubelet.prober;

import java.time.Instant;

/// A hook of a container's life and how it goes.
///
/// @param channel what it waits for: `c` and a connection, `s` and an exec session, or empty for a
///   time
/// @param received what has come of an HTTP answer
/// @param due when a sleep is over; the far future for other hooks
public record Hook(Kind kind, Result result, String channel, String received, Instant due) {
  /// When a hook runs.
  public enum Kind {
    NONE,
    POST_START,
    PRE_STOP
  }

  /// How a hook goes.
  public enum Result {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  public static final Hook NONE = new Hook(Kind.NONE, Result.SUCCEEDED, "", "", Instant.MAX);

  /// Whether the container counts as not yet started because of it.
  public boolean isStarting() {
    return kind == Kind.POST_START;
  }

  /// Whether the container has not been told to end because of it.
  public boolean isStopping() {
    return kind == Kind.PRE_STOP;
  }

  public boolean isRunning(Instant now) {
    return result == Result.RUNNING && due.isAfter(now);
  }

  public boolean failed() {
    return result == Result.FAILED;
  }

  Hook with(Result next) {
    return new Hook(kind, next, "", "", Instant.MAX);
  }
}
