package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import java.util.Map;

/// Prefers nodes with more left over. Models plugins/noderesources/least_allocated.go.
public final class LeastAllocated implements ScorePlugin {

  @Override
  public long score(JsonObject pod, NodeInfo node) {
    Map<String, Quantity> used = PodRequests.sum(node.pods());
    long cpu = free(node, used, PodRequests.of(pod), "cpu");
    long memory = free(node, used, PodRequests.of(pod), "memory");
    return (cpu + memory) / 2;
  }

  private static long free(
      NodeInfo node, Map<String, Quantity> used, Map<String, Quantity> wanted, String resource) {
    String text = node.node().object("status", "allocatable").string(resource);
    long capacity = text.isEmpty() ? 0 : Quantity.parse(text).milliValue();
    if (capacity == 0) {
      return 0;
    }
    Quantity after =
        used.getOrDefault(resource, Quantity.ZERO)
            .plus(wanted.getOrDefault(resource, Quantity.ZERO));
    return Math.max(0, (capacity - after.milliValue()) * 100 / capacity);
  }
}
