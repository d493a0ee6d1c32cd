package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.controller.Conditions;
import java.time.Instant;
import java.util.List;

/// The status of a Deployment, summed up from its ReplicaSets. Models calculateStatus.
final class DeploymentStatus {
  private DeploymentStatus() {}

  static JsonObject of(JsonObject deployment, ReplicaSets sets, Instant now) {
    List<JsonObject> all = sets.all();
    long available = ReplicaSets.counted(all, "availableReplicas");
    JsonObject old = deployment.object("status");
    JsonObject.Builder status =
        JsonObject.builder()
            .put("observedGeneration", deployment.integer(0, "metadata", "generation"));
    putUnlessZero(status, "replicas", ReplicaSets.counted(all, "replicas"));
    putUnlessZero(
        status,
        "updatedReplicas",
        ReplicaSets.counted(sets.current().stream().toList(), "replicas"));
    putUnlessZero(status, "readyReplicas", ReplicaSets.counted(all, "readyReplicas"));
    putUnlessZero(status, "availableReplicas", available);
    putUnlessZero(
        status, "unavailableReplicas", Math.max(0, ReplicaSets.replicas(all) - available));
    if (all.stream().allMatch(set -> set.object("status").has("terminatingReplicas"))) {
      status.put("terminatingReplicas", ReplicaSets.counted(all, "terminatingReplicas"));
    }
    status.putUnlessEmpty("conditions", old.array("conditions"));
    putUnlessZero(status, "collisionCount", old.integer(0, "collisionCount"));
    return Conditions.set(status.build(), availability(deployment, available, now));
  }

  private static JsonObject availability(JsonObject deployment, long available, Instant now) {
    long least = Deployments.replicas(deployment) - Deployments.maxUnavailable(deployment);
    JsonObject condition =
        available >= least
            ? Conditions.condition(
                "Available",
                "True",
                "MinimumReplicasAvailable",
                "Deployment has minimum availability.",
                now)
            : Conditions.condition(
                "Available",
                "False",
                "MinimumReplicasUnavailable",
                "Deployment does not have minimum availability.",
                now);
    return condition.with("lastUpdateTime", Times.seconds(now));
  }

  private static void putUnlessZero(JsonObject.Builder status, String field, long count) {
    if (count > 0) {
      status.put(field, count);
    }
  }
}
