package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.NodeFilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Keeps pods off nodes whose taints they do not tolerate, and prefers nodes with fewer that say
/// they would rather not. Models plugins/tainttoleration.
public final class TaintToleration implements NodeFilterPlugin, ScorePlugin {
  private static final String PREFER_NOT = "PreferNoSchedule";

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public Status filter(JsonObject pod, NodeInfo node) {
    return tolerates(pod, node.node())
        ? Status.SUCCESS
        : Status.unresolvable("node(s) had untolerated taint(s)");
  }

  static boolean tolerates(JsonObject pod, JsonObject node) {
    return untolerated(pod, node).allMatch(taint -> taint.string("effect").equals(PREFER_NOT));
  }

  private static Stream<JsonObject> untolerated(JsonObject pod, JsonObject node) {
    return node.array("spec", "taints")
        .objects()
        .filter(taint -> !Tolerations.tolerate(pod, taint));
  }

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    Map<String, Long> raw = new HashMap<>();
    for (NodeInfo node : nodes) {
      raw.put(
          node.name(),
          untolerated(pod, node.node())
              .filter(taint -> taint.string("effect").equals(PREFER_NOT))
              .count());
    }
    return Scores.normalized(raw, true);
  }
}
