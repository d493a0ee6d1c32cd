package dev.drydock.cluster.controller.replicationcontroller;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.controller.replicaset.ReplicaSetController;

/// Drives ReplicationControllers as ReplicaSets with a selector of plain labels. Models
/// pkg/controller/replication.
public final class ReplicationManager extends ReplicaSetController {
  public ReplicationManager() {
    super("replication-controller", "replicationcontrollers", "ReplicationController");
  }

  @Override
  protected Selector selector(JsonObject owner) {
    return Selector.ofLabels(owner.strings("spec", "selector"));
  }
}
