package dev.drydock.cluster.time;

import java.time.Duration;
import java.time.Instant;

/// Time that passes as on the wall, from an instant of cluster time on. Monotonic: it follows the
/// machine's steady counter, not its calendar.
public final class RealTime implements TimeSource {
  private final Instant start;
  private final long nanosAtStart;

  private RealTime(Instant start, long nanosAtStart) {
    this.start = start;
    this.nanosAtStart = nanosAtStart;
  }

  /// Time that reads `start` now.
  public static RealTime startingAt(Instant start) {
    return new RealTime(start, System.nanoTime());
  }

  /// The wall's time, for the birth of a cluster whose ages people read.
  public static Instant wallClock() {
    return Instant.now();
  }

  private Instant now() {
    return start.plusNanos(System.nanoTime() - nanosAtStart);
  }

  @Override
  public Instant now(Instant last) {
    Instant now = now();
    return now.isBefore(last) ? last : now;
  }

  @Override
  public Duration until(Instant at) {
    Duration left = Duration.between(now(), at);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public boolean runs() {
    return true;
  }
}
