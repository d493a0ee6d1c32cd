package dev.drydock.cluster.kubelet;

import java.time.Duration;
import java.time.Instant;

/// How long to wait before something that failed is tried again: 10 s, doubled each time, up to 5
/// min, and from the start again when all has been well for twice that long. Models
/// client-go/util/flowcontrol.
///
/// @param delay of the last failure; zero before the first
/// @param updated when it was last lengthened
public record Backoff(Duration delay, Instant updated) {
  private static final Duration BASE = Duration.ofSeconds(10);
  private static final Duration MAX = Duration.ofMinutes(5);

  public static final Backoff NONE = new Backoff(Duration.ZERO, Instant.EPOCH);

  /// Whether what failed at `failed` must still wait.
  public boolean isWaiting(Instant failed, Instant now) {
    return delay.isPositive() && !expired(failed) && now.isBefore(failed.plus(delay));
  }

  /// After one more failure.
  public Backoff next(Instant failed, Instant now) {
    if (!delay.isPositive() || expired(failed)) {
      return new Backoff(BASE, now);
    }
    Duration doubled = delay.multipliedBy(2);
    return new Backoff(doubled.compareTo(MAX) > 0 ? MAX : doubled, now);
  }

  private boolean expired(Instant failed) {
    return Duration.between(updated, failed).compareTo(MAX.multipliedBy(2)) > 0;
  }

  /// As messages write it: `10s`, `2m40s`.
  public String text() {
    long seconds = delay.toSeconds();
    long minutes = seconds / 60;
    return minutes == 0 ? seconds + "s" : minutes + "m" + seconds % 60 + "s";
  }
}
