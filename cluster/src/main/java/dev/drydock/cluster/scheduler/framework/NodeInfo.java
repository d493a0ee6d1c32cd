package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// A node and the pods assigned to it. Models framework.NodeInfo.
public record NodeInfo(JsonObject node, ImmutableList<JsonObject> pods) {
  public String name() {
    return ObjectMeta.name(node);
  }
}
