package dev.drydock.cluster.time;

import java.time.Duration;
import java.time.Instant;

/// Time that stands still until it is told to jump.
public final class VirtualTime implements TimeSource {
  private volatile Instant now;

  public VirtualTime(Instant start) {
    now = start;
  }

  @Override
  public void jumpTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  @Override
  public Instant now(Instant last) {
    return now.isBefore(last) ? last : now;
  }

  @Override
  public Duration until(Instant at) {
    throw new IllegalStateException("virtual time does not pass");
  }

  @Override
  public boolean runs() {
    return false;
  }
}
