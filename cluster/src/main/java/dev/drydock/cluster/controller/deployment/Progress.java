package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.controller.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The `Progressing` condition: whether a rollout moves, has arrived, or stands still for too long.
/// Models progress.go.
final class Progress {
  static final String TYPE = "Progressing";
  private static final String AVAILABLE = "NewReplicaSetAvailable";
  private static final String TIMED_OUT = "ProgressDeadlineExceeded";
  private static final String PAUSED = "DeploymentPaused";

  private Progress() {}

  /// Whether the Deployment has a deadline; without one there is no such condition.
  static boolean isWatched(JsonObject deployment) {
    return Deployments.progressDeadlineSeconds(deployment).isPresent();
  }

  static JsonObject yes(String reason, String message, Instant now) {
    return condition("True", reason, message, now);
  }

  static JsonObject condition(String status, String reason, String message, Instant now) {
    return Conditions.condition(TYPE, status, reason, message, now)
        .with("lastUpdateTime", Times.seconds(now));
  }

  /// Stops the clock of a Deployment that is paused, and starts it again.
  static void checkPaused(DeploymentSync sync) {
    JsonObject status = sync.deployment().object("status");
    String reason = reason(status);
    if (!isWatched(sync.deployment()) || reason.equals(TIMED_OUT)) {
      return;
    }
    boolean paused = Deployments.isPaused(sync.deployment());
    if (paused && !reason.equals(PAUSED)) {
      JsonObject condition = condition("Unknown", PAUSED, "Deployment is paused", sync.now());
      sync.writeStatus(Conditions.set(status, condition));
    } else if (!paused && reason.equals(PAUSED)) {
      JsonObject condition =
          condition("Unknown", "DeploymentResumed", "Deployment is resumed", sync.now());
      sync.writeStatus(Conditions.set(status, condition));
    }
  }

  private static String reason(JsonObject status) {
    return Conditions.find(status, TYPE).map(c -> c.string("reason")).orElse("");
  }

  /// Writes the status of a Deployment in the midst of a rollout.
  static void sync(DeploymentSync sync) {
    JsonObject deployment = sync.deployment();
    ReplicaSets sets = sync.replicaSets();
    JsonObject status = DeploymentStatus.of(deployment, sets, sync.now());
    if (!isWatched(deployment)) {
      status = Conditions.remove(status, TYPE);
    } else if (!hasArrived(deployment, status)) {
      status = withProgress(deployment, status, sets, sync.now());
    }
    sync.writeStatus(withFailures(status, sets));
  }

  private static boolean hasArrived(JsonObject deployment, JsonObject status) {
    return status.integer(0, "replicas") == status.integer(0, "updatedReplicas")
        && reason(deployment.object("status")).equals(AVAILABLE);
  }

  private static JsonObject withProgress(
      JsonObject deployment, JsonObject status, ReplicaSets sets, Instant now) {
    String who =
        sets.current()
            .map(set -> "ReplicaSet \"%s\"".formatted(ObjectMeta.name(set)))
            .orElse("Deployment \"%s\"".formatted(ObjectMeta.name(deployment)));
    if (Deployments.isComplete(deployment, status)) {
      return Conditions.set(status, yes(AVAILABLE, who + " has successfully progressed.", now));
    }
    if (hasMoved(deployment.object("status"), status)) {
      return moved(status, yes("ReplicaSetUpdated", who + " is progressing.", now));
    }
    if (hasTimedOut(deployment, status, now)) {
      return Conditions.set(
          status, condition("False", TIMED_OUT, who + " has timed out progressing.", now));
    }
    return status;
  }

  /// Every move sets the clock back, though status and reason stay.
  private static JsonObject moved(JsonObject status, JsonObject condition) {
    JsonObject kept =
        Conditions.find(status, TYPE)
            .filter(old -> old.string("status").equals("True"))
            .map(old -> condition.with("lastTransitionTime", old.string("lastTransitionTime")))
            .orElse(condition);
    return Conditions.set(Conditions.remove(status, TYPE), kept);
  }

  private static boolean hasMoved(JsonObject old, JsonObject status) {
    return status.integer(0, "updatedReplicas") > old.integer(0, "updatedReplicas")
        || notUpdated(status) < notUpdated(old)
        || status.integer(0, "readyReplicas") > old.integer(0, "readyReplicas")
        || status.integer(0, "availableReplicas") > old.integer(0, "availableReplicas");
  }

  private static long notUpdated(JsonObject status) {
    return status.integer(0, "replicas") - status.integer(0, "updatedReplicas");
  }

  private static boolean hasTimedOut(JsonObject deployment, JsonObject status, Instant now) {
    String reason = reason(status);
    return reason.equals(TIMED_OUT)
        || (!reason.equals(AVAILABLE)
            && deadline(deployment, status).filter(end -> end.isBefore(now)).isPresent());
  }

  private static Optional<Instant> deadline(JsonObject deployment, JsonObject status) {
    long seconds = Deployments.progressDeadlineSeconds(deployment).orElse(0);
    return Conditions.find(status, TYPE)
        .flatMap(condition -> Times.parse(condition.string("lastUpdateTime")))
        .map(since -> since.plusSeconds(seconds));
  }

  /// When to look again whether a rollout that stands still has run out of time; zero for never.
  static Duration untilDeadline(JsonObject deployment, Instant now) {
    JsonObject status = deployment.object("status");
    String reason = reason(status);
    boolean over =
        !isWatched(deployment)
            || Deployments.isPaused(deployment)
            || Deployments.isComplete(deployment, status)
            || reason.equals(AVAILABLE)
            || reason.equals(TIMED_OUT);
    return over
        ? Duration.ZERO
        : deadline(deployment, status)
            .map(end -> Duration.between(now, end).plusSeconds(1))
            .filter(Duration::isPositive)
            .orElse(Duration.ZERO);
  }

  private static JsonObject withFailures(JsonObject status, ReplicaSets sets) {
    List<JsonObject> inOrder = Stream.concat(sets.current().stream(), sets.old().stream()).toList();
    return inOrder.stream()
        .flatMap(set -> Conditions.find(set.object("status"), "ReplicaFailure").stream())
        .findFirst()
        .map(
            failure ->
                Conditions.set(
                    status, failure.with("lastUpdateTime", failure.string("lastTransitionTime"))))
        .orElse(Conditions.remove(status, "ReplicaFailure"));
  }
}
