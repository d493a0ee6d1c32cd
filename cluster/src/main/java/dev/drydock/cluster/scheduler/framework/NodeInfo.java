package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node and the pods assigned to it, with the sums over these, made when first asked for. Models
/// framework.NodeInfo.
public final class NodeInfo {
  private final JsonObject node;
  private final ImmutableList<JsonObject> pods;
  private @Nullable Map<String, Quantity> requested;
  private @Nullable Map<String, Quantity> nonZeroRequested;

  public NodeInfo(JsonObject node, ImmutableList<JsonObject> pods) {
    this.node = node;
    this.pods = pods;
  }

  public JsonObject node() {
    return node;
  }

  public ImmutableList<JsonObject> pods() {
    return pods;
  }

  public String name() {
    return ObjectMeta.name(node);
  }

  public Map<String, String> labels() {
    return ObjectMeta.labels(node);
  }

  public NodeInfo withPods(ImmutableList<JsonObject> others) {
    return new NodeInfo(node, others);
  }

  /// How much there is of a resource for pods.
  public Quantity allocatable(String resource) {
    String text = node.string("status", "allocatable", resource);
    return text.isEmpty() ? Quantity.ZERO : Quantity.parse(text);
  }

  /// What the pods request, by resource.
  public Map<String, Quantity> requested() {
    if (requested == null) {
      requested = PodRequests.sum(pods);
    }
    return requested;
  }

  /// The same, with a little CPU and memory for each container that requests none.
  public Map<String, Quantity> nonZeroRequested() {
    if (nonZeroRequested == null) {
      nonZeroRequested = PodRequests.sumNonZero(pods);
    }
    return nonZeroRequested;
  }
}
