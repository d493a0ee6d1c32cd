package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Map;

/// Says how well a pod fits nodes that can take it.
public interface ScorePlugin {

  /// By name of the node, from 0 to 100; a node that is left out has 0.
  Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes);
}
