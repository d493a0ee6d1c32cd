package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.IntOrString;
import java.util.OptionalLong;

/// What a Deployment asks for. Models pkg/controller/deployment/util.
final class Deployments {
  /// The value by which the API means that there is no deadline.
  private static final long NO_DEADLINE = Integer.MAX_VALUE;

  private Deployments() {}

  /// How many pods may be more, and how many fewer, than asked for during a rollout.
  private record Fenceposts(long surge, long unavailable) {}

  static long replicas(JsonObject deployment) {
    return deployment.integer(1, "spec", "replicas");
  }

  static boolean isRollingUpdate(JsonObject deployment) {
    return !deployment.string("spec", "strategy", "type").equals("Recreate");
  }

  static boolean isPaused(JsonObject deployment) {
    return deployment.bool("spec", "paused");
  }

  static long maxSurge(JsonObject deployment) {
    return isRollingUpdate(deployment) ? fenceposts(deployment).surge() : 0;
  }

  static long maxUnavailable(JsonObject deployment) {
    return isRollingUpdate(deployment)
        ? Math.min(fenceposts(deployment).unavailable(), replicas(deployment))
        : 0;
  }

  /// Where both round to nothing, one pod may be unavailable, or nothing would ever move.
  private static Fenceposts fenceposts(JsonObject deployment) {
    long surge = part(deployment, "maxSurge", true);
    long unavailable = part(deployment, "maxUnavailable", false);
    return new Fenceposts(surge, surge == 0 && unavailable == 0 ? 1 : unavailable);
  }

  private static long part(JsonObject deployment, String field, boolean roundUp) {
    IntOrString value = IntOrString.of(deployment.at("spec", "strategy", "rollingUpdate", field));
    return value.scaled(replicas(deployment), roundUp).orElse(0);
  }

  /// How long a rollout may stand still, in seconds; empty for as long as it likes.
  static OptionalLong progressDeadlineSeconds(JsonObject deployment) {
    long seconds = deployment.integer(NO_DEADLINE, "spec", "progressDeadlineSeconds");
    return seconds == NO_DEADLINE ? OptionalLong.empty() : OptionalLong.of(seconds);
  }

  static boolean isComplete(JsonObject deployment, JsonObject status) {
    long wanted = replicas(deployment);
    return status.integer(0, "updatedReplicas") == wanted
        && status.integer(0, "replicas") == wanted
        && status.integer(0, "availableReplicas") == wanted
        && status.integer(0, "observedGeneration")
            >= deployment.integer(0, "metadata", "generation");
  }
}
