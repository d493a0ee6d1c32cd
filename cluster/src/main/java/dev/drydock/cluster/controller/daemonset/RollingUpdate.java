package dev.drydock.cluster.controller.daemonset;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.IntOrString;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.controller.history.ControllerHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Which pods of an older template go next: those that serve nobody, and as many others as may be
/// unavailable. Models update.go.
final class RollingUpdate {
  private RollingUpdate() {}

  static List<JsonObject> of(JsonObject set, String hash, List<NodePods> nodes, Instant now) {
    long minReadySeconds = set.integer(0, "spec", "minReadySeconds");
    List<JsonObject> idle = new ArrayList<>();
    List<JsonObject> serving = new ArrayList<>();
    long unavailable = 0;
    for (NodePods node : nodes.stream().filter(NodePods::shouldRun).toList()) {
      if (node.pods().isEmpty()) {
        unavailable++;
        continue;
      }
      JsonObject pod = node.pods().getFirst();
      boolean available =
          Pods.isAvailable(pod, minReadySeconds, now) && !ObjectMeta.isBeingDeleted(pod);
      unavailable += available ? 0 : 1;
      if (isOld(pod, hash)) {
        (available ? serving : idle).add(pod);
      }
    }
    long room = Math.clamp(maxUnavailable(set, nodes) - unavailable, 0, serving.size());
    idle.addAll(serving.subList(0, (int) room));
    return idle;
  }

  private static boolean isOld(JsonObject pod, String hash) {
    return !ObjectMeta.labels(pod).getOrDefault(ControllerHistory.HASH, "").equals(hash);
  }

  /// At least one, so that an update which would only surge moves too.
  private static long maxUnavailable(JsonObject set, List<NodePods> nodes) {
    long desired = nodes.stream().filter(NodePods::shouldRun).count();
    return Math.max(
        1,
        IntOrString.of(set.at("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"))
            .scaled(desired, true)
            .orElse(1));
  }
}
