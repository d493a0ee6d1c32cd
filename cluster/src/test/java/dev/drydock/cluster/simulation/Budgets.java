package dev.drydock.cluster.simulation;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.util.List;

/// The budgets for disruptions and the pods, as they were before an eviction.
record Budgets(List<JsonObject> budgets, List<JsonObject> pods) {
  static Budgets of(EmbeddedCluster cluster) {
    return new Budgets(
        items(cluster, "/apis/policy/v1/namespaces/default/poddisruptionbudgets"),
        items(cluster, Actions.CORE + "pods"));
  }

  private static List<JsonObject> items(EmbeddedCluster cluster, String path) {
    return cluster.request(ApiRequest.get(path)).object().array("items").objects().toList();
  }

  /// Fails when the eviction of this pod should have been refused: it was ready, and not enough
  /// others are.
  void checkEviction(JsonObject pod) {
    if (!Invariants.isReady(pod) || ObjectMeta.isBeingDeleted(pod)) {
      return;
    }
    for (JsonObject budget : budgets) {
      Selector selector = Selector.ofLabelSelector(budget.object("spec", "selector"));
      if (selector.matches(ObjectMeta.labels(pod)) && budget.object("spec").has("minAvailable")) {
        long healthy =
            pods.stream()
                .filter(other -> selector.matches(ObjectMeta.labels(other)))
                .filter(other -> !ObjectMeta.isBeingDeleted(other))
                .filter(Invariants::isReady)
                .count();
        if (healthy - 1 < budget.integer(0, "spec", "minAvailable")) {
          throw new AssertionError(
              "%s was evicted though %s allows none of %d to go"
                  .formatted(ObjectMeta.name(pod), ObjectMeta.name(budget), healthy));
        }
      }
    }
  }
}
