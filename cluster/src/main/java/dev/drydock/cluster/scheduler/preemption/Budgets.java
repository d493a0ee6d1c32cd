package dev.drydock.cluster.scheduler.preemption;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What disruption budgets still allow. Models filterPodsWithPDBViolation.
record Budgets(List<JsonObject> budgets) {

  static Budgets of(Client client) {
    return new Budgets(client.list("poddisruptionbudgets.policy", ""));
  }

  /// Those of the pods, in their order, whose going would break a budget.
  List<JsonObject> violating(List<JsonObject> pods) {
    Map<JsonObject, Long> left = new HashMap<>();
    budgets.forEach(b -> left.put(b, b.integer(0, "status", "disruptionsAllowed")));
    List<JsonObject> violating = new ArrayList<>();
    for (JsonObject pod : pods) {
      boolean breaks = false;
      for (JsonObject budget : budgets) {
        if (covers(budget, pod)) {
          breaks |= left.merge(budget, -1L, Long::sum) < 0;
        }
      }
      if (breaks) {
        violating.add(pod);
      }
    }
    return violating;
  }

  private static boolean covers(JsonObject budget, JsonObject pod) {
    JsonObject selector = budget.object("spec", "selector");
    boolean disrupted = budget.object("status", "disruptedPods").has(ObjectMeta.name(pod));
    return ObjectMeta.namespace(budget).equals(ObjectMeta.namespace(pod))
        && !selector.isEmpty()
        && !disrupted
        && Selector.ofLabelSelector(selector).matches(ObjectMeta.labels(pod));
  }
}
