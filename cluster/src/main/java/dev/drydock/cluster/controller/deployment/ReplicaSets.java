package dev.drydock.cluster.controller.deployment;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Pods;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The ReplicaSets of a Deployment: the one with its template, if there is one yet, and the older
/// ones, oldest first.
record ReplicaSets(Optional<JsonObject> current, ImmutableList<JsonObject> old) {
  static final Comparator<JsonObject> BY_AGE =
      Comparator.comparing(Pods::created).thenComparing(ObjectMeta::name);

  static ReplicaSets of(JsonObject deployment, List<JsonObject> all) {
    JsonObject template = deployment.object("spec", "template");
    Optional<JsonObject> current =
        all.stream().filter(set -> unhashed(set).equals(template)).min(BY_AGE);
    return new ReplicaSets(
        current,
        all.stream()
            .filter(set -> current.filter(set::equals).isEmpty())
            .sorted(BY_AGE)
            .collect(ImmutableList.toImmutableList()));
  }

  /// The template of a ReplicaSet without what the Deployment controller added.
  static JsonObject unhashed(JsonObject replicaSet) {
    JsonObject template = replicaSet.object("spec", "template");
    JsonObject labels = template.object("metadata", "labels").without(TemplateHash.LABEL);
    return template.withAt(labels, "metadata", "labels");
  }

  List<JsonObject> all() {
    return Stream.concat(old.stream(), current.stream()).toList();
  }

  static List<JsonObject> active(List<JsonObject> sets) {
    return sets.stream().filter(set -> replicas(set) > 0).toList();
  }

  static long replicas(JsonObject set) {
    return set.integer(0, "spec", "replicas");
  }

  static long replicas(List<JsonObject> sets) {
    return sets.stream().mapToLong(ReplicaSets::replicas).sum();
  }

  static long available(JsonObject set) {
    return set.integer(0, "status", "availableReplicas");
  }

  static long counted(List<JsonObject> sets, String statusField) {
    return sets.stream().mapToLong(set -> set.integer(0, "status", statusField)).sum();
  }
}
