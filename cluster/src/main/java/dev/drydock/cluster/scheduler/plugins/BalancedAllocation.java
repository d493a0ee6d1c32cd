package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PodRequests;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import java.util.HashMap;
import java.util.Map;

/// Prefers nodes on which CPU and memory would be in use to the same degree; without an opinion on
/// pods that request neither. Models plugins/noderesources/balanced_allocation.go.
public final class BalancedAllocation implements ScorePlugin {

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    Map<String, Quantity> wanted = PodRequests.of(pod);
    Map<String, Long> scores = new HashMap<>();
    if (wanted.containsKey("cpu") || wanted.containsKey("memory")) {
      for (NodeInfo node : nodes) {
        double difference =
            Math.abs(fraction(node, wanted, "cpu") - fraction(node, wanted, "memory"));
        scores.put(node.name(), (long) ((1 - difference / 2) * Scores.MAX));
      }
    }
    return scores;
  }

  private static double fraction(NodeInfo node, Map<String, Quantity> wanted, String resource) {
    double all = node.allocatable(resource).milliValue();
    double used =
        node.requested()
            .getOrDefault(resource, Quantity.ZERO)
            .plus(wanted.getOrDefault(resource, Quantity.ZERO))
            .milliValue();
    return all <= 0 ? 1 : Math.min(1, used / all);
  }
}
