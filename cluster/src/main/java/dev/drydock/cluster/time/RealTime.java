package dev.drydock.cluster.time;

import java.time.Duration;
import java.time.Instant;

/// Time that passes as on the wall, or some times faster, from an instant of cluster time on.
/// Monotonic: it follows the machine's steady counter, not its calendar.
public final class RealTime implements TimeSource {
  /// How fast cluster time can pass.
  public static final int SPEED_MAX = 1_000;

  private volatile Pace pace;

  private RealTime(Pace pace) {
    this.pace = pace;
  }

  /// How time passes from a moment on.
  ///
  /// @param nanos of the machine's counter at that moment
  /// @param speed seconds of cluster time in a second
  private record Pace(Instant from, long nanos, int speed) {
    Instant now() {
      return from.plus(Duration.ofNanos(System.nanoTime() - nanos).multipliedBy(speed));
    }
  }

  /// Time that reads `start` now.
  public static RealTime startingAt(Instant start) {
    return startingAt(start, 1);
  }

  /// @throws IllegalArgumentException when there is no such speed
  public static RealTime startingAt(Instant start, int speed) {
    return new RealTime(new Pace(start, System.nanoTime(), checked(speed)));
  }

  private static int checked(int speed) {
    if (speed < 1 || speed > SPEED_MAX) {
      throw new IllegalArgumentException(
          "the speed must be between 1 and %d, not %d".formatted(SPEED_MAX, speed));
    }
    return speed;
  }

  /// The wall's time, for the birth of a cluster whose ages people read.
  public static Instant wallClock() {
    return Instant.now();
  }

  public int speed() {
    return pace.speed();
  }

  /// Goes on at another speed from now on. Who waits for an instant must ask again how long.
  ///
  /// @throws IllegalArgumentException when there is no such speed
  public synchronized void setSpeed(int speed) {
    pace = new Pace(pace.now(), System.nanoTime(), checked(speed));
  }

  @Override
  public synchronized void jumpTo(Instant instant) {
    if (instant.isAfter(pace.now())) {
      pace = new Pace(instant, System.nanoTime(), pace.speed());
    }
  }

  @Override
  public Instant now(Instant last) {
    Instant now = pace.now();
    return now.isBefore(last) ? last : now;
  }

  @Override
  public Duration until(Instant at) {
    Pace current = pace;
    Duration left = Duration.between(current.now(), at);
    return left.isNegative() ? Duration.ZERO : left.dividedBy(current.speed());
  }

  @Override
  public boolean runs() {
    return true;
  }
}
