package dev.drydock.cluster.registry.workload;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import java.util.List;

/// Checks the numbers of replicas that a status reports. Models ValidateDeploymentStatus and
/// ValidateReplicaSetStatus in pkg/apis/apps/validation.
public final class ReplicaStatus {
  private static final FieldPath STATUS = FieldPath.of("status");

  private ReplicaStatus() {}

  /// @param parts the numbers that count some of the replicas
  public static void validate(JsonObject object, List<String> parts, FieldErrors errors) {
    JsonObject status = object.object("status");
    Numbers.nonNegative(status, "observedGeneration", STATUS, errors);
    Numbers.nonNegative(status, "replicas", STATUS, errors);
    for (String part : parts) {
      Numbers.nonNegative(status, part, STATUS, errors);
    }
    long replicas = status.integer(0, "replicas");
    for (String part : parts) {
      notMore(status, part, replicas, "cannot be greater than status.replicas", errors);
    }
    if (parts.contains("availableReplicas") && parts.contains("readyReplicas")) {
      notMore(
          status,
          "availableReplicas",
          status.integer(0, "readyReplicas"),
          "cannot be greater than readyReplicas",
          errors);
    }
  }

  private static void notMore(
      JsonObject status, String field, long max, String detail, FieldErrors errors) {
    long value = status.integer(0, field);
    if (value > max) {
      errors.invalid(STATUS.child(field), value, detail);
    }
  }

  /// The number of hash collisions only grows.
  public static void validateCollisions(JsonObject object, JsonObject old, FieldErrors errors) {
    long now = object.integer(0, "status", "collisionCount");
    if (now < old.integer(0, "status", "collisionCount")) {
      errors.invalid(STATUS.child("collisionCount"), now, "cannot be decremented");
    }
  }
}
