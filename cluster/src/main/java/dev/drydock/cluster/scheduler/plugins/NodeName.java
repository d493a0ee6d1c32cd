package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.NodeFilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.Status;

/// Keeps a pod on the node it names. Models plugins/nodename.
public final class NodeName implements NodeFilterPlugin {

  @Override
  public String name() {
    return "NodeName";
  }

  @Override
  public Status filter(JsonObject pod, NodeInfo node) {
    String wanted = pod.string("spec", "nodeName");
    return wanted.isEmpty() || wanted.equals(node.name())
        ? Status.SUCCESS
        : Status.unresolvable("node(s) didn't match the requested node name");
  }
}
