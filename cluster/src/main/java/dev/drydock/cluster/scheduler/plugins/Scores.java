package dev.drydock.cluster.scheduler.plugins;

import java.util.HashMap;
import java.util.Map;

/// Brings scores into the range from 0 to 100. Models plugins/helper/normalize_score.go.
final class Scores {
  static final long MAX = 100;

  private Scores() {}

  /// The highest becomes 100, or with `reverse` 0, and the others follow in proportion.
  static Map<String, Long> normalized(Map<String, Long> raw, boolean reverse) {
    long highest = raw.values().stream().mapToLong(Long::longValue).max().orElse(0);
    Map<String, Long> scores = new HashMap<>();
    raw.forEach(
        (node, score) -> {
          long share = highest == 0 ? 0 : score * MAX / highest;
          scores.put(node, reverse ? MAX - share : share);
        });
    return scores;
  }
}
