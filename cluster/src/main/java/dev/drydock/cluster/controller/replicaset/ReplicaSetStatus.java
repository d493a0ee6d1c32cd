package dev.drydock.cluster.controller.replicaset;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The status of a ReplicaSet or ReplicationController, counted from its pods. Models
/// replica_set_utils.go.
final class ReplicaSetStatus {
  private ReplicaSetStatus() {}

  /// @param active the pods that count
  /// @param terminating how many others are on their way out; not told of a ReplicationController
  /// @param difference how many pods were missing (or, below zero, too many) when the failure
  ///   happened
  static JsonObject of(
      JsonObject owner,
      List<JsonObject> active,
      Optional<Long> terminating,
      Optional<StatusException> failure,
      long difference,
      Instant now) {
    Selector labels = Selector.ofLabels(owner.strings("spec", "template", "metadata", "labels"));
    long minReadySeconds = owner.integer(0, "spec", "minReadySeconds");
    JsonObject.Builder status =
        JsonObject.builder()
            .put("replicas", active.size())
            .put("observedGeneration", owner.integer(0, "metadata", "generation"));
    putUnlessZero(
        status,
        "fullyLabeledReplicas",
        active.stream().filter(pod -> labels.matches(ObjectMeta.labels(pod))).count());
    putUnlessZero(status, "readyReplicas", active.stream().filter(Pods::isReady).count());
    putUnlessZero(
        status,
        "availableReplicas",
        active.stream().filter(pod -> Pods.isAvailable(pod, minReadySeconds, now)).count());
    terminating.ifPresent(count -> status.put("terminatingReplicas", count));
    status.putUnlessEmpty("conditions", owner.array("status", "conditions"));
    return withFailure(status.build(), failure, difference, now);
  }

  private static void putUnlessZero(JsonObject.Builder status, String field, long count) {
    if (count > 0) {
      status.put(field, count);
    }
  }

  private static JsonObject withFailure(
      JsonObject status, Optional<StatusException> failure, long difference, Instant now) {
    if (failure.isEmpty()) {
      return Conditions.remove(status, "ReplicaFailure");
    }
    if (Conditions.find(status, "ReplicaFailure").isPresent()) {
      return status;
    }
    String reason = difference > 0 ? "FailedCreate" : "FailedDelete";
    String message = String.valueOf(failure.get().getMessage());
    return Conditions.set(
        status, Conditions.condition("ReplicaFailure", "True", reason, message, now));
  }
}
