package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.rest.Strategy;

/// What may change besides in a pod that waits at a scheduling gate: where it may go may become
/// narrower.
///
/// Models validateNodeSelectorMutation and validateNodeAffinityMutation in
/// pkg/apis/core/validation.
final class GatedPodUpdates {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String TERMS = "nodeSelectorTerms";

  private GatedPodUpdates() {}

  /// The spec with what was checked here taken from the old one.
  static JsonObject munged(JsonObject spec, JsonObject before, FieldErrors errors) {
    JsonObject now = spec.object("nodeSelector");
    boolean narrower =
        before.object("nodeSelector").fields().entrySet().stream()
            .allMatch(entry -> entry.getValue().equals(now.get(entry.getKey())));
    if (!narrower) {
      FieldPath path = PodValidation.SPEC.child("nodeSelector");
      errors.invalid(
          path, now, "only additions to spec.nodeSelector are allowed (no mutations or deletions)");
    }
    JsonObject munged = Strategy.withFieldOf(spec, before, "nodeSelector");
    validateAffinity(
        spec.object("affinity", "nodeAffinity"), before.object("affinity", "nodeAffinity"), errors);
    JsonObject affinity =
        Strategy.withFieldOf(munged.object("affinity"), before.object("affinity"), "nodeAffinity");
    return affinity.isEmpty() && !before.has("affinity")
        ? munged.without("affinity")
        : munged.with("affinity", affinity);
  }

  private static void validateAffinity(JsonObject now, JsonObject before, FieldErrors errors) {
    JsonArray old = before.array(REQUIRED, TERMS);
    JsonArray terms = now.array(REQUIRED, TERMS);
    if (!before.has(REQUIRED) || now.equals(before)) {
      return;
    }
    FieldPath path =
        PodValidation.SPEC.child("affinity").child("nodeAffinity").child(REQUIRED).child(TERMS);
    if (terms.size() != old.size()) {
      errors.invalid(path, terms, Formats.IMMUTABLE);
      return;
    }
    for (int i = 0; i < terms.size(); i++) {
      if (!isNarrower(terms.get(i), old.get(i))) {
        errors.invalid(
            path.index(i), terms.get(i), "only additions are allowed (no mutations or deletions)");
      }
    }
  }

  private static boolean isNarrower(Json now, Json before) {
    if (!(now instanceof JsonObject term) || !(before instanceof JsonObject old)) {
      return false;
    }
    return startsWith(term.array("matchExpressions"), old.array("matchExpressions"))
        && startsWith(term.array("matchFields"), old.array("matchFields"))
        && (!old.isEmpty() || term.isEmpty());
  }

  private static boolean startsWith(JsonArray array, JsonArray start) {
    return array.size() >= start.size()
        && array.items().subList(0, start.size()).equals(start.items());
  }
}
