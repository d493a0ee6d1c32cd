package dev.drydock.cluster.controller.daemonset;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.controller.history.ControllerHistory;
import java.time.Instant;
import java.util.List;

/// The status of a DaemonSet, counted over the nodes. Models updateDaemonSetStatus.
final class DaemonSetStatus {
  private DaemonSetStatus() {}

  static JsonObject of(JsonObject set, String hash, List<NodePods> nodes, Instant now) {
    long minReadySeconds = set.integer(0, "spec", "minReadySeconds");
    List<NodePods> wanted = nodes.stream().filter(NodePods::shouldRun).toList();
    List<JsonObject> first =
        wanted.stream()
            .filter(node -> !node.pods().isEmpty())
            .map(node -> node.pods().getFirst())
            .toList();
    long available =
        first.stream().filter(pod -> Pods.isAvailable(pod, minReadySeconds, now)).count();
    long updated =
        first.stream()
            .filter(
                pod -> ObjectMeta.labels(pod).getOrDefault(ControllerHistory.HASH, "").equals(hash))
            .count();
    JsonObject.Builder status =
        JsonObject.builder()
            .put("currentNumberScheduled", first.size())
            .put(
                "numberMisscheduled",
                nodes.stream().filter(n -> !n.shouldRun() && !n.pods().isEmpty()).count())
            .put("desiredNumberScheduled", wanted.size())
            .put("numberReady", first.stream().filter(Pods::isReady).count())
            .put("observedGeneration", set.integer(0, "metadata", "generation"));
    putUnlessZero(status, "updatedNumberScheduled", updated);
    putUnlessZero(status, "numberAvailable", available);
    putUnlessZero(status, "numberUnavailable", wanted.size() - available);
    return status.build();
  }

  private static void putUnlessZero(JsonObject.Builder status, String field, long count) {
    if (count > 0) {
      status.put(field, count);
    }
  }
}
