package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.scheduler.framework.NodeFilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps a pod on the nodes its node selector and required node affinity name, and prefers those
/// that its preferred affinity names. Models plugins/nodeaffinity.
public final class NodeAffinity implements NodeFilterPlugin, ScorePlugin {

  @Override
  public String name() {
    return "NodeAffinity";
  }

  /// Whether a pod may run on a node as far as selectors go.
  public static boolean matches(JsonObject pod, JsonObject node) {
    JsonObject required =
        pod.object(
            "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
    return Selector.ofLabels(pod.strings("spec", "nodeSelector")).matches(ObjectMeta.labels(node))
        && (required.isEmpty() || NodeSelectors.matches(required, node));
  }

  @Override
  public Status filter(JsonObject pod, NodeInfo node) {
    return matches(pod, node.node())
        ? Status.SUCCESS
        : Status.unresolvable("node(s) didn't match Pod's node affinity/selector");
  }

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    List<JsonObject> preferences =
        pod.array(
                "spec",
                "affinity",
                "nodeAffinity",
                "preferredDuringSchedulingIgnoredDuringExecution")
            .objects()
            .toList();
    Map<String, Long> raw = new HashMap<>();
    if (!preferences.isEmpty()) {
      for (NodeInfo node : nodes) {
        raw.put(
            node.name(),
            preferences.stream()
                .filter(p -> NodeSelectors.matchesTerm(p.object("preference"), node.node()))
                .mapToLong(p -> p.integer(0, "weight"))
                .sum());
      }
    }
    return Scores.normalized(raw, false);
  }
}
