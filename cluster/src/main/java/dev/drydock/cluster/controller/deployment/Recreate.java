package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// An update that first ends all old pods and then starts the new ones. Models recreate.go.
final class Recreate {
  private Recreate() {}

  static void rollOut(DeploymentSync sync) {
    ReplicaSets sets = sync.revisedReplicaSets();
    boolean ending = false;
    for (JsonObject set : ReplicaSets.active(sets.old())) {
      ending |= sync.scaleUnlessSame(set, 0);
    }
    if (!ending && !sync.hasOldPods(sets)) {
      startNew(sync);
    }
    Progress.sync(sync);
  }

  private static void startNew(DeploymentSync sync) {
    ReplicaSets sets = sync.replicaSetsWithNew();
    sync.scaleUnlessSame(sets.current().orElseThrow(), Deployments.replicas(sync.deployment()));
    if (Deployments.isComplete(sync.deployment(), sync.deployment().object("status"))) {
      sync.cleanUp(sets.old());
    }
  }
}
