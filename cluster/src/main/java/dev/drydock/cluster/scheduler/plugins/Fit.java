package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import java.util.Map;

/// Keeps a pod off nodes that lack what it requests, and off full ones. Models
/// plugins/noderesources/fit.go.
public final class Fit implements FilterPlugin {

  @Override
  public ImmutableList<String> filter(JsonObject pod, NodeInfo node) {
    ImmutableList.Builder<String> lacking = ImmutableList.builder();
    JsonObject allocatable = node.node().object("status", "allocatable");
    if (node.pods().size() + 1 > Quantity.parse(orZero(allocatable.string("pods"))).value()) {
      lacking.add("Too many pods");
    }
    Map<String, Quantity> used = PodRequests.sum(node.pods());
    PodRequests.of(pod)
        .forEach(
            (resource, wanted) -> {
              Quantity free =
                  Quantity.parse(orZero(allocatable.string(resource)))
                      .minus(used.getOrDefault(resource, Quantity.ZERO));
              if (wanted.sign() > 0 && wanted.compareTo(free) > 0) {
                lacking.add("Insufficient " + resource);
              }
            });
    return lacking.build();
  }

  private static String orZero(String quantity) {
    return quantity.isEmpty() ? "0" : quantity;
  }
}
