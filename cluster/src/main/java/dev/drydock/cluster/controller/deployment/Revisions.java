package dev.drydock.cluster.controller.deployment;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.List;

/// The annotations by which ReplicaSets remember which revision of their Deployment they are, and
/// how large it was. Models deployment_util.go.
final class Revisions {
  static final String REVISION = "deployment.kubernetes.io/revision";
  private static final String HISTORY = "deployment.kubernetes.io/revision-history";
  private static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  private static final String MAX = "deployment.kubernetes.io/max-replicas";

  /// Annotations of the Deployment that its ReplicaSets do not get.
  private static final ImmutableSet<String> OWN =
      ImmutableSet.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          REVISION,
          HISTORY,
          DESIRED,
          MAX,
          "deprecated.deployment.rollback.to");

  private Revisions() {}

  static long of(JsonObject object) {
    return number(object, REVISION, 0);
  }

  static long max(List<JsonObject> replicaSets) {
    return replicaSets.stream().mapToLong(Revisions::of).max().orElse(0);
  }

  /// How many replicas the Deployment wanted when the ReplicaSet was last scaled; -1 where it does
  /// not say.
  static long desiredReplicas(JsonObject replicaSet) {
    return number(replicaSet, DESIRED, -1);
  }

  static long maxReplicas(JsonObject replicaSet) {
    return number(replicaSet, MAX, 0);
  }

  private static long number(JsonObject object, String annotation, long otherwise) {
    String text = ObjectMeta.annotations(object).getOrDefault(annotation, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : otherwise;
  }

  /// The ReplicaSet as of a new revision, with the annotations of its Deployment.
  static JsonObject revise(JsonObject replicaSet, JsonObject deployment, long revision) {
    JsonObject revised = replicaSet;
    for (var annotation : ObjectMeta.annotations(deployment).entrySet()) {
      if (!OWN.contains(annotation.getKey())) {
        revised = annotate(revised, annotation.getKey(), annotation.getValue());
      }
    }
    long old = of(replicaSet);
    if (old >= revision) {
      return revised;
    }
    if (old > 0) {
      String history = ObjectMeta.annotations(replicaSet).getOrDefault(HISTORY, "");
      revised = annotate(revised, HISTORY, history.isEmpty() ? "" + old : history + "," + old);
    }
    return annotate(revised, REVISION, String.valueOf(revision));
  }

  /// The ReplicaSet with the size that its Deployment has now.
  static JsonObject resize(JsonObject replicaSet, JsonObject deployment) {
    long desired = Deployments.replicas(deployment);
    long max = desired + Deployments.maxSurge(deployment);
    return annotate(
        annotate(replicaSet, DESIRED, String.valueOf(desired)), MAX, String.valueOf(max));
  }

  static JsonObject annotate(JsonObject object, String name, String value) {
    return ObjectMeta.change(
        object,
        metadata ->
            metadata.withObject("annotations", annotations -> annotations.with(name, value)));
  }
}
