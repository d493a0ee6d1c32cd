package dev.drydock.cluster.controller.statefulset;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Pods;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The status of a StatefulSet, counted from its pods. Models updateStatus of
/// stateful_set_control.go.
final class StatefulSetStatus {
  private StatefulSetStatus() {}

  /// @param current the name of the revision that the set comes from
  /// @param update the name of the revision it goes to
  static JsonObject of(
      JsonObject set, String current, String update, Collection<JsonObject> pods, Instant now) {
    long minReadySeconds = set.integer(0, "spec", "minReadySeconds");
    List<JsonObject> live = pods.stream().filter(pod -> !ObjectMeta.isBeingDeleted(pod)).toList();
    long updated = count(live, update);
    boolean done = isDone(set, update, pods, live, minReadySeconds, now);
    JsonObject.Builder status =
        JsonObject.builder()
            .put("observedGeneration", set.integer(0, "metadata", "generation"))
            .put("replicas", pods.size());
    putUnlessZero(status, "readyReplicas", live.stream().filter(Pods::isReady).count());
    putUnlessZero(status, "currentReplicas", done ? updated : count(live, current));
    putUnlessZero(status, "updatedReplicas", updated);
    return status
        .put("currentRevision", done ? update : current)
        .put("updateRevision", update)
        .put("collisionCount", set.integer(0, "status", "collisionCount"))
        .put(
            "availableReplicas",
            live.stream().filter(pod -> Pods.isAvailable(pod, minReadySeconds, now)).count())
        .build();
  }

  /// When every pod has the update and is available, the update has become the current revision.
  private static boolean isDone(
      JsonObject set,
      String update,
      Collection<JsonObject> pods,
      List<JsonObject> live,
      long minReadySeconds,
      Instant now) {
    long wanted = set.integer(1, "spec", "replicas");
    return pods.size() == wanted
        && count(live, update) == wanted
        && live.stream().allMatch(pod -> Pods.isAvailable(pod, minReadySeconds, now));
  }

  private static long count(List<JsonObject> pods, String revision) {
    return pods.stream().filter(pod -> StatefulPod.hash(pod).equals(revision)).count();
  }

  private static void putUnlessZero(JsonObject.Builder status, String field, long count) {
    if (count > 0) {
      status.put(field, count);
    }
  }
}
