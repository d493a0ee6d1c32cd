package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PodRequests;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.Map;

/// Keeps a pod off nodes that lack what it requests, and off full ones. Models
/// plugins/noderesources/fit.go.
public final class Fit implements FilterPlugin {

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    Map<String, Quantity> requests = PodRequests.of(pod);
    return new PreFilterResult.PerNode(node -> filter(requests, node));
  }

  private static Status filter(Map<String, Quantity> requests, NodeInfo node) {
    ImmutableList.Builder<String> lacking = ImmutableList.builder();
    if (node.pods().size() + 1 > node.allocatable("pods").value()) {
      lacking.add("Too many pods");
    }
    boolean tooSmall = false;
    for (Map.Entry<String, Quantity> request : requests.entrySet()) {
      Quantity wanted = request.getValue();
      Quantity all = node.allocatable(request.getKey());
      Quantity used = node.requested().getOrDefault(request.getKey(), Quantity.ZERO);
      if (wanted.sign() > 0 && wanted.compareTo(all.minus(used)) > 0) {
        lacking.add("Insufficient " + request.getKey());
        tooSmall |= wanted.compareTo(all) > 0;
      }
    }
    ImmutableList<String> reasons = lacking.build();
    if (reasons.isEmpty()) {
      return Status.SUCCESS;
    }
    return new Status(
        tooSmall ? Status.Code.UNSCHEDULABLE_AND_UNRESOLVABLE : Status.Code.UNSCHEDULABLE, reasons);
  }
}
