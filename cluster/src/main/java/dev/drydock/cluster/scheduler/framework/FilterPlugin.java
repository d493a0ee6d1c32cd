package dev.drydock.cluster.scheduler.framework;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Says which nodes a pod fits. It looks at the pod and the cluster once, then at each node.
public interface FilterPlugin {

  /// As in upstream's configuration: `NodeResourcesFit`.
  String name();

  PreFilterResult preFilter(JsonObject pod, Snapshot snapshot);
}
