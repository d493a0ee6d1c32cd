package dev.drydock.cluster.controller.podautoscaler;

import java.time.Duration;
import java.time.Instant;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// What the controller remembers of one autoscaler.
///
/// @param recommendations sizes that were computed
/// @param changes by how much the size was changed; negative when it shrank
record History(PVector<At> recommendations, PVector<At> changes) {
  static final History EMPTY = new History(TreePVector.empty(), TreePVector.empty());

  /// How long anything is remembered: the longest window or period there may be.
  private static final Duration MEMORY = Duration.ofHours(1);

  /// A number at a time.
  record At(long value, Instant time) {}

  History recommended(long replicas, Instant now) {
    return new History(recent(recommendations, now).plus(new At(replicas, now)), changes);
  }

  History changed(long by, Instant now) {
    return new History(recommendations, recent(changes, now).plus(new At(by, now)));
  }

  private static PVector<At> recent(PVector<At> entries, Instant now) {
    Instant cutoff = now.minus(MEMORY);
    return entries.isEmpty() || !entries.getFirst().time().isBefore(cutoff)
        ? entries
        : recent(entries.minus(0), now);
  }

  /// How many replicas were added in a period, or with `down` taken away.
  long changeIn(long periodSeconds, boolean down, Instant now) {
    Instant cutoff = now.minusSeconds(periodSeconds);
    return changes.stream()
        .filter(change -> change.time().isAfter(cutoff))
        .filter(change -> change.value() < 0 == down)
        .mapToLong(change -> Math.abs(change.value()))
        .sum();
  }
}
