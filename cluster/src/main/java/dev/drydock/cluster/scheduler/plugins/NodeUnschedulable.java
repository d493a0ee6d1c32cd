package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.NodeFilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.Status;

/// Keeps pods off cordoned nodes. Models plugins/nodeunschedulable.
public final class NodeUnschedulable implements NodeFilterPlugin {
  private static final JsonObject TAINT =
      JsonObject.builder()
          .put("key", "node.kubernetes.io/unschedulable")
          .put("effect", "NoSchedule")
          .build();

  @Override
  public String name() {
    return "NodeUnschedulable";
  }

  @Override
  public Status filter(JsonObject pod, NodeInfo node) {
    boolean kept = node.node().bool("spec", "unschedulable") && !Tolerations.tolerate(pod, TAINT);
    return kept ? Status.unresolvable("node(s) were unschedulable") : Status.SUCCESS;
  }
}
