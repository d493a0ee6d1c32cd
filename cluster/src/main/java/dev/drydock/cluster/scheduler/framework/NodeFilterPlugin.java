package dev.drydock.cluster.scheduler.framework;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// A filter that needs nothing but the pod and the node.
public interface NodeFilterPlugin extends FilterPlugin {

  Status filter(JsonObject pod, NodeInfo node);

  @Override
  default PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    return new PreFilterResult.PerNode(node -> filter(pod, node));
  }
}
