package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;

/// How fast a workload may change its size: what was recommended of late, the policies of its
/// autoscaler, its smallest and largest size.
///
/// Models the normalisation in pkg/controller/podautoscaler/horizontal.go.
record Limits(JsonObject behavior, History history, long min, long max, Instant now) {
  private static final long DOWNSCALE_WINDOW_SECONDS = 300;

  /// A size, and why it is that.
  record Decision(long replicas, String reason, String message) {}

  /// The size that recommendations of late allow.
  Decision stabilized(long current, long desired) {
    boolean up = desired >= current;
    long window =
        up
            ? behavior.object("scaleUp").integer(0, "stabilizationWindowSeconds")
            : behavior
                .object("scaleDown")
                .integer(DOWNSCALE_WINDOW_SECONDS, "stabilizationWindowSeconds");
    Instant cutoff = now.minusSeconds(window);
    LongStream recent =
        history.recommendations().stream()
            .filter(entry -> entry.time().isAfter(cutoff))
            .mapToLong(History.At::value);
    boolean smallest = up && !behavior.isEmpty();
    LongBinaryOperator better = smallest ? Math::min : Math::max;
    long replicas = recent.reduce(desired, better);
    if (replicas == desired) {
      return new Decision(desired, "ReadyForNewScale", "recommended size matches current size");
    }
    return smallest
        ? new Decision(
            replicas,
            "ScaleUpStabilized",
            "recent recommendations were lower than current one, applying the lowest recent"
                + " recommendation")
        : new Decision(
            replicas,
            "ScaleDownStabilized",
            "recent recommendations were higher than current one, applying the highest recent"
                + " recommendation");
  }

  /// The size that policies and bounds allow.
  Decision bounded(long current, long desired) {
    if (behavior.isEmpty()) {
      long limit = Math.max(2 * current, 4);
      return desired < min ? tooFew(min) : desired > current ? up(desired, limit) : down(desired);
    }
    if (desired > current) {
      return up(desired, Math.max(current, upLimit(current)));
    }
    if (desired < current) {
      long limit = Math.min(current, downLimit(current));
      if (desired < Math.max(min, limit)) {
        return min < limit
            ? new Decision(
                limit,
                "ScaleDownLimit",
                "the desired replica count is decreasing faster than the maximum scale rate")
            : tooFew(min);
      }
    }
    return within(desired);
  }

  private Decision down(long desired) {
    return desired > max ? tooMany() : within(desired);
  }

  private Decision up(long desired, long limit) {
    if (desired <= Math.min(limit, max)) {
      return within(desired);
    }
    return max > limit
        ? new Decision(
            limit,
            "ScaleUpLimit",
            "the desired replica count is increasing faster than the maximum scale rate")
        : tooMany();
  }

  private static Decision tooFew(long replicas) {
    return new Decision(
        replicas,
        "TooFewReplicas",
        "the desired replica count is less than the minimum replica count");
  }

  private Decision tooMany() {
    return new Decision(
        max, "TooManyReplicas", "the desired replica count is more than the maximum replica count");
  }

  private static Decision within(long desired) {
    return new Decision(
        desired, "DesiredWithinRange", "the desired count is within the acceptable range");
  }

  private long upLimit(long current) {
    JsonObject rules = behavior.object("scaleUp");
    if (rules.string("selectPolicy").equals("Disabled")) {
      return current;
    }
    LongStream proposals =
        policies(rules).stream()
            .mapToLong(
                policy -> {
                  long added = history.changeIn(policy.integer(0, "periodSeconds"), false, now);
                  long start = current - added;
                  long value = policy.integer(0, "value");
                  return policy.string("type").equals("Pods")
                      ? start + value
                      : (long) Math.ceil(start * (1 + value / 100.0));
                });
    return rules.string("selectPolicy").equals("Min")
        ? proposals.min().orElse(current)
        : proposals.max().orElse(current);
  }

  private long downLimit(long current) {
    JsonObject rules = behavior.object("scaleDown");
    if (rules.string("selectPolicy").equals("Disabled")) {
      return current;
    }
    LongStream proposals =
        policies(rules).stream()
            .mapToLong(
                policy -> {
                  long gone = history.changeIn(policy.integer(0, "periodSeconds"), true, now);
                  long start = current + gone;
                  long value = policy.integer(0, "value");
                  return policy.string("type").equals("Pods")
                      ? start - value
                      : (long) (start * (1 - value / 100.0));
                });
    return rules.string("selectPolicy").equals("Min")
        ? proposals.max().orElse(current)
        : proposals.min().orElse(current);
  }

  private static List<JsonObject> policies(JsonObject rules) {
    return rules.array("policies").objects().toList();
  }
}
