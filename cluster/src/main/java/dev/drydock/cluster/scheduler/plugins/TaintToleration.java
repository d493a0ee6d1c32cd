package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;

/// Keeps pods off nodes whose taints they do not tolerate. Models plugins/tainttoleration.
public final class TaintToleration implements FilterPlugin {

  @Override
  public ImmutableList<String> filter(JsonObject pod, NodeInfo node) {
    return node.node()
        .array("spec", "taints")
        .objects()
        .filter(taint -> !taint.string("effect").equals("PreferNoSchedule"))
        .filter(taint -> !Tolerations.tolerate(pod, taint))
        .findFirst()
        .map(taint -> ImmutableList.of("node(s) had untolerated taint(s)"))
        .orElse(ImmutableList.of());
  }
}
