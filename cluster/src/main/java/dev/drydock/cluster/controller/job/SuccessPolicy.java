package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// When an indexed job has done enough. Models pkg/controller/job/success_policy.go.
final class SuccessPolicy {
  private SuccessPolicy() {}

  /// Which rule is met, in words; empty when none is.
  static Optional<String> met(JobPods pods) {
    List<JsonObject> rules = pods.job().array("spec", "successPolicy", "rules").objects().toList();
    for (int i = 0; i < rules.size(); i++) {
      if (isMet(rules.get(i), pods.completedIndexes())) {
        return Optional.of("Matched rules at index " + i);
      }
    }
    return Optional.empty();
  }

  private static boolean isMet(JsonObject rule, TreeSet<Integer> completed) {
    TreeSet<Integer> counted = new TreeSet<>(completed);
    TreeSet<Integer> named = Indexes.parse(rule.string("succeededIndexes"));
    if (!named.isEmpty()) {
      counted.retainAll(named);
    }
    return rule.has("succeededCount")
        ? counted.size() >= rule.integer(0, "succeededCount")
        : !named.isEmpty() && counted.size() == named.size();
  }
}
