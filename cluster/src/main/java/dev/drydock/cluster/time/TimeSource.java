package dev.drydock.cluster.time;

import java.time.Duration;
import java.time.Instant;

/// Where a cluster's loop gets the time from.
public sealed interface TimeSource permits RealTime, VirtualTime {

  /// Cluster time, given the time the loop last saw. Never goes back.
  Instant now(Instant last);

  /// Wall-clock time until cluster time reaches the instant.
  Duration until(Instant at);

  /// Goes forward to an instant at once; one that has passed already changes nothing.
  void jumpTo(Instant instant);

  /// Whether time passes by itself.
  boolean runs();
}
