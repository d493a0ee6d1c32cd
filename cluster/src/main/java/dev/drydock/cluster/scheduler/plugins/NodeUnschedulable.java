package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;

/// Keeps pods off cordoned nodes. Models plugins/nodeunschedulable.
public final class NodeUnschedulable implements FilterPlugin {
  private static final JsonObject TAINT =
      JsonObject.builder()
          .put("key", "node.kubernetes.io/unschedulable")
          .put("effect", "NoSchedule")
          .build();

  @Override
  public ImmutableList<String> filter(JsonObject pod, NodeInfo node) {
    boolean kept = node.node().bool("spec", "unschedulable") && !Tolerations.tolerate(pod, TAINT);
    return kept ? ImmutableList.of("node(s) were unschedulable") : ImmutableList.of();
  }
}
