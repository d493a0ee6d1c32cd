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

/// Prefers nodes with more left over. Models plugins/noderesources/least_allocated.go.
public final class LeastAllocated implements ScorePlugin {

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    Map<String, Quantity> wanted = PodRequests.nonZeroOf(pod);
    Map<String, Long> scores = new HashMap<>();
    for (NodeInfo node : nodes) {
      scores.put(node.name(), (free(node, wanted, "cpu") + free(node, wanted, "memory")) / 2);
    }
    return scores;
  }

  private static long free(NodeInfo node, Map<String, Quantity> wanted, String resource) {
    long all = node.allocatable(resource).milliValue();
    long used =
        node.nonZeroRequested()
            .getOrDefault(resource, Quantity.ZERO)
            .plus(wanted.getOrDefault(resource, Quantity.ZERO))
            .milliValue();
    return all <= 0 || used > all ? 0 : Math.round(Math.floor((all - used) * 100.0 / all));
  }
}
