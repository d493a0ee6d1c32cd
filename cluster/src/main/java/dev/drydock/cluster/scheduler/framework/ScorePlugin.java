package dev.drydock.cluster.scheduler.framework;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Says how well a pod fits a node, from 0 to 100.
public interface ScorePlugin {
  long score(JsonObject pod, NodeInfo node);
}
