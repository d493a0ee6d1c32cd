package dev.drydock.cluster.scheduler.preemption;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.scheduler.framework.Pods;
import java.time.Instant;
import java.util.Comparator;

/// The pods that would have to go from a node.
///
/// @param pods most important first
/// @param violations how many of them a disruption budget would keep
record Victims(String node, ImmutableList<JsonObject> pods, int violations) {
  /// Fewest violations, then the least important victims, then the fewest, then the youngest.
  /// Models pickOneNodeForPreemption.
  static final Comparator<Victims> BEST_FIRST =
      Comparator.comparingInt(Victims::violations)
          .thenComparingLong(victims -> Pods.priority(victims.pods.getFirst()))
          .thenComparingLong(Victims::sumOfPriorities)
          .thenComparingInt(victims -> victims.pods.size())
          .thenComparing(Victims::earliestStart, Comparator.reverseOrder());

  /// More important first: by priority, then by who has run longer.
  static final Comparator<JsonObject> MOST_IMPORTANT_FIRST =
      Comparator.comparingLong(Pods::priority).reversed().thenComparing(Victims::start);

  private long sumOfPriorities() {
    return pods.stream().mapToLong(pod -> Pods.priority(pod) + Integer.MAX_VALUE + 1L).sum();
  }

  /// When the most important of them, as far as these are equal, started first.
  private Instant earliestStart() {
    long highest = Pods.priority(pods.getFirst());
    return pods.stream()
        .filter(pod -> Pods.priority(pod) == highest)
        .map(Victims::start)
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  private static Instant start(JsonObject pod) {
    return Times.parse(pod.string("status", "startTime")).orElse(Instant.MAX);
  }
}
