package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Says whether a pod fits a node.
public interface FilterPlugin {

  /// Why the pod does not fit, in the words of FailedScheduling; empty when it fits.
  ImmutableList<String> filter(JsonObject pod, NodeInfo node);
}
