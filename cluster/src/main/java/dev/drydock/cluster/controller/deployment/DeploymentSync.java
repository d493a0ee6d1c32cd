package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.client.record.EventRecorder.Subject;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.Pods;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One look at a Deployment: its state as this look has left it, and what may be done with its
/// ReplicaSets. Models sync.go.
final class DeploymentSync {
  private static final String SETS = "replicasets.apps";

  private final Client client;
  private final EventRecorder events;
  private final Instant now;
  private JsonObject deployment;

  DeploymentSync(Client client, EventRecorder events, Instant now, JsonObject deployment) {
    this.client = client;
    this.events = events;
    this.now = now;
    this.deployment = deployment;
  }

  JsonObject deployment() {
    return deployment;
  }

  Instant now() {
    return now;
  }

  /// The ReplicaSets as they are now, orphans that match adopted.
  ReplicaSets replicaSets() {
    return ReplicaSets.of(
        deployment, Owners.claim(client, SETS, deployment, Owners.Selecting.ofSpec(deployment)));
  }

  /// As {@link #replicaSets()}, after the new ReplicaSet, if there is one, has become the latest
  /// revision.
  ReplicaSets revisedReplicaSets() {
    ReplicaSets sets = replicaSets();
    return sets.current()
        .map(current -> new ReplicaSets(Optional.of(revise(current, sets.old())), sets.old()))
        .orElse(sets);
  }

  /// As {@link #revisedReplicaSets()}, where a new ReplicaSet is made if there is none.
  ReplicaSets replicaSetsWithNew() {
    ReplicaSets sets = revisedReplicaSets();
    return sets.current().isPresent()
        ? sets
        : new ReplicaSets(Optional.of(create(sets.old())), sets.old());
  }

  private JsonObject revise(JsonObject current, List<JsonObject> old) {
    long minReadySeconds = deployment.integer(0, "spec", "minReadySeconds");
    JsonObject revised = Revisions.revise(current, deployment, Revisions.max(old) + 1);
    if (revised.integer(0, "spec", "minReadySeconds") != minReadySeconds) {
      revised = revised.withAt(Json.of(minReadySeconds), "spec", "minReadySeconds");
    }
    if (!revised.equals(current)) {
      return client.update(SETS, revised);
    }
    JsonObject status = deployment.object("status");
    if (Progress.isWatched(deployment) && Conditions.find(status, Progress.TYPE).isEmpty()) {
      String message = "Found new replica set \"%s\"".formatted(ObjectMeta.name(current));
      status = Conditions.set(status, Progress.yes("FoundNewReplicaSet", message, now));
    }
    writeRevision(Revisions.of(current), status);
    return current;
  }

  private JsonObject create(List<JsonObject> old) {
    long collisions = deployment.integer(0, "status", "collisionCount");
    String hash = TemplateHash.of(deployment.object("spec", "template"), collisions);
    long revision = Revisions.max(old) + 1;
    JsonObject wanted =
        NewReplicaSet.of(deployment, hash, revision, Rolling.initialSize(deployment, old));
    String name = ObjectMeta.name(wanted);
    JsonObject created;
    try {
      created = client.create(SETS, wanted);
    } catch (StatusException e) {
      throw refused(name, e, collisions);
    }
    if (ReplicaSets.replicas(created) > 0) {
      tellScaled("up", name, 0, ReplicaSets.replicas(created));
    }
    JsonObject status = deployment.object("status");
    if (Progress.isWatched(deployment)) {
      String message = "Created new replica set \"%s\"".formatted(name);
      status = Conditions.set(status, Progress.yes("NewReplicaSetCreated", message, now));
    }
    writeRevision(revision, status);
    return created;
  }

  /// A name that is taken by another template is counted as a collision; the next try gets another.
  private StatusException refused(String name, StatusException e, long collisions) {
    JsonObject status = deployment.object("status");
    if (e.reason() == StatusReason.ALREADY_EXISTS) {
      writeStatus(status.with("collisionCount", Json.of(collisions + 1)));
    } else if (Progress.isWatched(deployment)) {
      String message =
          "Failed to create new replica set \"%s\": %s".formatted(name, e.getMessage());
      writeStatus(
          Conditions.set(
              status, Progress.condition("False", "ReplicaSetCreateError", message, now)));
    }
    return e;
  }

  private void writeRevision(long revision, JsonObject status) {
    deployment =
        client.updateStatus(
            "deployments.apps",
            Revisions.annotate(deployment, Revisions.REVISION, String.valueOf(revision))
                .with("status", status));
  }

  void writeStatus(JsonObject status) {
    if (!status.equals(deployment.object("status"))) {
      deployment = client.updateStatus("deployments.apps", deployment.with("status", status));
    }
  }

  /// Gives a ReplicaSet a size, and tells of it if it had another.
  ///
  /// @return whether it had another
  boolean scale(JsonObject set, long replicas) {
    long before = ReplicaSets.replicas(set);
    JsonObject scaled =
        Revisions.resize(set.withAt(Json.of(replicas), "spec", "replicas"), deployment);
    if (!scaled.equals(set)) {
      client.update(SETS, scaled);
    }
    if (before != replicas) {
      tellScaled(before < replicas ? "up" : "down", ObjectMeta.name(set), before, replicas);
    }
    return before != replicas;
  }

  /// As {@link #scale}, but leaves a ReplicaSet alone that has the size.
  boolean scaleUnlessSame(JsonObject set, long replicas) {
    return ReplicaSets.replicas(set) != replicas && scale(set, replicas);
  }

  private void tellScaled(String direction, String name, long from, long to) {
    events.normal(
        Subject.of(deployment),
        "ScalingReplicaSet",
        "Scaled %s replica set %s from %d to %d".formatted(direction, name, from, to));
  }

  /// Deletes the oldest ReplicaSets without pods beyond the limit of history.
  void cleanUp(List<JsonObject> old) {
    long limit = deployment.integer(Long.MAX_VALUE, "spec", "revisionHistoryLimit");
    List<JsonObject> alive = old.stream().filter(set -> !ObjectMeta.isBeingDeleted(set)).toList();
    alive.stream()
        .sorted(Comparator.comparingLong(Revisions::of).thenComparing(ReplicaSets.BY_AGE))
        .limit(Math.max(0, alive.size() - limit))
        .filter(DeploymentSync::isIdle)
        .forEach(
            set ->
                client.delete(
                    SETS,
                    ObjectMeta.namespace(set),
                    ObjectMeta.name(set),
                    DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(set))));
  }

  private static boolean isIdle(JsonObject set) {
    return ReplicaSets.replicas(set) == 0
        && set.integer(0, "status", "replicas") == 0
        && set.integer(0, "metadata", "generation")
            <= set.integer(0, "status", "observedGeneration");
  }

  /// Whether any pod of the older ReplicaSets still runs, those on their way out included.
  boolean hasOldPods(ReplicaSets sets) {
    return ReplicaSets.counted(sets.old(), "replicas") > 0
        || client.list("pods", ObjectMeta.namespace(deployment)).stream()
            .filter(pod -> !Pods.hasEnded(pod))
            .anyMatch(pod -> sets.old().stream().anyMatch(set -> Owners.controls(set, pod)));
  }
}
