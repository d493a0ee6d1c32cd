package dev.drydock.cluster.controller.statefulset;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.client.record.EventRecorder.Subject;
import dev.drydock.cluster.controller.Pods;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One look at a StatefulSet: at most one step forward, unless its pods may move in parallel.
/// Models stateful_set_control.go.
///
/// @param current the revision that pods below the partition have
/// @param update the revision of the present template
/// @param pods by ordinal
record StatefulSync(
    Client client,
    EventRecorder events,
    Instant now,
    JsonObject set,
    JsonObject current,
    JsonObject update,
    TreeMap<Long, JsonObject> pods) {

  private long first() {
    return set.integer(0, "spec", "ordinals", "start");
  }

  private long end() {
    return first() + set.integer(1, "spec", "replicas");
  }

  private boolean isParallel() {
    return set.string("spec", "podManagementPolicy").equals("Parallel");
  }

  private boolean isAvailable(JsonObject pod) {
    return !ObjectMeta.isBeingDeleted(pod)
        && Pods.isAvailable(pod, set.integer(0, "spec", "minReadySeconds"), now);
  }

  void run() throws StatusException {
    if (fill() && shrink()) {
      rollOut();
    }
  }

  /// Makes the pods that are missing, lowest ordinal first, each after the one before is available.
  ///
  /// @return whether all of them are there, or need not be waited for
  private boolean fill() {
    for (long ordinal = first(); ordinal < end(); ordinal++) {
      JsonObject pod = pods.get(ordinal);
      if (pod == null) {
        create(ordinal);
      } else if (Pods.hasEnded(pod) && !ObjectMeta.isBeingDeleted(pod)) {
        delete(pod);
      } else if (isAvailable(pod)) {
        continue;
      }
      if (!isParallel()) {
        return false;
      }
    }
    return true;
  }

  /// Deletes the pods beyond the number wanted, highest ordinal first, one after the other.
  private boolean shrink() {
    List<JsonObject> surplus =
        pods.descendingMap().entrySet().stream()
            .filter(entry -> entry.getKey() >= end() || entry.getKey() < first())
            .map(Map.Entry::getValue)
            .toList();
    for (JsonObject pod : surplus) {
      boolean going = ObjectMeta.isBeingDeleted(pod);
      if (!going) {
        delete(pod);
      }
      if (!isParallel()) {
        return false;
      }
    }
    return true;
  }

  /// Replaces the pods of an older revision, highest ordinal first, down to the partition.
  private void rollOut() {
    JsonObject strategy = set.object("spec", "updateStrategy");
    if (strategy.string("type").equals("OnDelete")) {
      return;
    }
    long lowest = Math.max(first(), strategy.integer(0, "rollingUpdate", "partition"));
    for (long ordinal = end() - 1; ordinal >= lowest; ordinal--) {
      JsonObject pod = pods.get(ordinal);
      if (pod == null || ObjectMeta.isBeingDeleted(pod)) {
        return;
      }
      if (!StatefulPod.hash(pod).equals(ObjectMeta.name(update))) {
        delete(pod);
        return;
      }
      if (!isAvailable(pod)) {
        return;
      }
    }
  }

  private void create(long ordinal) {
    JsonObject pod = StatefulPod.of(set, revision(ordinal), ordinal);
    String name = ObjectMeta.name(pod);
    try {
      StatefulPod.claims(set, ordinal).forEach(claim -> createClaim(claim, name));
      client.create("pods", pod);
      events.normal(Subject.of(set), "SuccessfulCreate", told("create", name) + " successful");
    } catch (StatusException e) {
      events.warning(
          Subject.of(set),
          "FailedCreate",
          told("create", name) + " failed error: " + e.getMessage());
      throw e;
    }
  }

  /// Below the partition a pod that is lost comes back as it was.
  private JsonObject revision(long ordinal) {
    JsonObject strategy = set.object("spec", "updateStrategy");
    boolean held =
        strategy.string("type").equals("RollingUpdate")
            && ordinal < strategy.integer(0, "rollingUpdate", "partition");
    return held ? current : update;
  }

  private void createClaim(JsonObject claim, String pod) {
    String name = ObjectMeta.name(claim);
    if (client.get("persistentvolumeclaims", ObjectMeta.namespace(set), name).isEmpty()) {
      client.create("persistentvolumeclaims", claim);
      events.normal(
          Subject.of(set),
          "SuccessfulCreate",
          "create Claim %s Pod %s in StatefulSet %s success"
              .formatted(name, pod, ObjectMeta.name(set)));
    }
  }

  private void delete(JsonObject pod) {
    String name = ObjectMeta.name(pod);
    client.delete(
        "pods",
        ObjectMeta.namespace(pod),
        name,
        DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(pod)));
    events.normal(Subject.of(set), "SuccessfulDelete", told("delete", name) + " successful");
  }

  private String told(String verb, String pod) {
    return "%s Pod %s in StatefulSet %s".formatted(verb, pod, ObjectMeta.name(set));
  }
}
