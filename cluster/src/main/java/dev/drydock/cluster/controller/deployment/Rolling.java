package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.List;

/// A rolling update: the new ReplicaSet grows while the old ones shrink, never more pods than
/// maxSurge allows nor fewer than maxUnavailable does. Models rolling.go.
final class Rolling {
  private Rolling() {}

  static void rollOut(DeploymentSync sync) {
    ReplicaSets sets = sync.replicaSetsWithNew();
    JsonObject current = sets.current().orElseThrow();
    boolean moved = growNew(sync, current, sets.all()) || shrinkOld(sync, sets);
    if (!moved && Deployments.isComplete(sync.deployment(), sync.deployment().object("status"))) {
      sync.cleanUp(sets.old());
    }
    Progress.sync(sync);
  }

  private static boolean growNew(DeploymentSync sync, JsonObject current, List<JsonObject> all) {
    long wanted = Deployments.replicas(sync.deployment());
    long now = ReplicaSets.replicas(current);
    return sync.scaleUnlessSame(
        current, now > wanted ? wanted : size(sync.deployment(), now, ReplicaSets.replicas(all)));
  }

  /// How large a new ReplicaSet may be from the start.
  static long initialSize(JsonObject deployment, List<JsonObject> old) {
    return size(deployment, 0, ReplicaSets.replicas(old));
  }

  private static long size(JsonObject deployment, long current, long all) {
    long wanted = Deployments.replicas(deployment);
    if (!Deployments.isRollingUpdate(deployment)) {
      return wanted;
    }
    long room = wanted + Deployments.maxSurge(deployment) - all;
    return room <= 0 ? current : current + Math.min(room, wanted - current);
  }

  private static boolean shrinkOld(DeploymentSync sync, ReplicaSets sets) {
    List<JsonObject> old = ReplicaSets.active(sets.old());
    JsonObject current = sets.current().orElseThrow();
    long minAvailable =
        Deployments.replicas(sync.deployment()) - Deployments.maxUnavailable(sync.deployment());
    long newUnavailable = ReplicaSets.replicas(current) - ReplicaSets.available(current);
    long most = ReplicaSets.replicas(sets.all()) - minAvailable - newUnavailable;
    if (old.isEmpty() || most <= 0) {
      return false;
    }
    boolean cleaned = removeUnhealthy(sync, old, most);
    ReplicaSets left = sync.replicaSets();
    long available = ReplicaSets.counted(left.all(), "availableReplicas");
    return shrink(sync, ReplicaSets.active(left.old()), available - minAvailable) || cleaned;
  }

  /// Pods that serve nobody go first, whatever is said of the new ones.
  private static boolean removeUnhealthy(DeploymentSync sync, List<JsonObject> old, long most) {
    long left = most;
    for (JsonObject set : old) {
      long unhealthy = ReplicaSets.replicas(set) - ReplicaSets.available(set);
      long removed = Math.clamp(unhealthy, 0, left);
      sync.scaleUnlessSame(set, ReplicaSets.replicas(set) - removed);
      left -= removed;
    }
    return left < most;
  }

  private static boolean shrink(DeploymentSync sync, List<JsonObject> old, long spare) {
    long left = Math.max(0, spare);
    boolean moved = false;
    for (JsonObject set : old) {
      long removed = Math.min(ReplicaSets.replicas(set), left);
      moved |= sync.scaleUnlessSame(set, ReplicaSets.replicas(set) - removed);
      left -= removed;
    }
    return moved;
  }
}
