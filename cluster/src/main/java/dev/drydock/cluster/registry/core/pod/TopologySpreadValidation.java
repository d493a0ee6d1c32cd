package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import java.util.List;

/// Checks how a pod is to be spread with its like. Models validateTopologySpreadConstraints in
/// pkg/apis/core/validation.
final class TopologySpreadValidation {
  private static final String NO_SCHEDULE = "DoNotSchedule";
  private static final ImmutableList<String> ACTIONS =
      ImmutableList.of(NO_SCHEDULE, "ScheduleAnyway");
  private static final ImmutableList<String> POLICIES = ImmutableList.of("Honor", "Ignore");

  private final boolean merged;
  private final FieldErrors errors;

  /// @param merged whether matchLabelKeys already stand in the selectors, as in pods they do
  TopologySpreadValidation(boolean merged, FieldErrors errors) {
    this.merged = merged;
    this.errors = errors;
  }

  void validate(JsonArray constraints, FieldPath path) {
    List<JsonObject> all = constraints.objects().toList();
    for (int i = 0; i < all.size(); i++) {
      validate(all.get(i), all.subList(i + 1, all.size()), path.index(i));
    }
  }

  private void validate(JsonObject constraint, List<JsonObject> later, FieldPath path) {
    long skew = constraint.integer(0, "maxSkew");
    if (skew <= 0) {
      errors.invalid(path.child("maxSkew"), skew, Numbers.NOT_POSITIVE);
    }
    String key = constraint.string("topologyKey");
    if (key.isEmpty()) {
      errors.required(path.child("topologyKey"), "can not be empty");
    }
    String action = constraint.string("whenUnsatisfiable");
    if (!ACTIONS.contains(action)) {
      errors.notSupported(path.child("whenUnsatisfiable"), action, ACTIONS);
    }
    if (later.stream().anyMatch(other -> isSame(other, key, action))) {
      errors.duplicate(
          path.child("{topologyKey, whenUnsatisfiable}"),
          new JsonString("{%s, %s}".formatted(key, action)));
    }
    validateDomains(constraint, action, path.child("minDomains"));
    for (String field : new String[] {"nodeAffinityPolicy", "nodeTaintsPolicy"}) {
      Choices.optional(constraint, field, path.child(field), POLICIES, errors);
    }
    validateKeys(constraint, path.child("matchLabelKeys"));
    LabelSelectorValidation.validate(
        constraint.object("labelSelector"), path.child("labelSelector"), errors);
  }

  private static boolean isSame(JsonObject other, String key, String action) {
    return other.string("topologyKey").equals(key)
        && other.string("whenUnsatisfiable").equals(action);
  }

  private void validateDomains(JsonObject constraint, String action, FieldPath path) {
    if (!constraint.has("minDomains")) {
      return;
    }
    long domains = constraint.integer(0, "minDomains");
    if (domains <= 0) {
      errors.invalid(path, domains, Numbers.NOT_POSITIVE);
    }
    if (!action.equals(NO_SCHEDULE)) {
      errors.invalid(
          path,
          domains,
          "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + action);
    }
  }

  private void validateKeys(JsonObject constraint, FieldPath path) {
    JsonArray keys = constraint.array("matchLabelKeys");
    if (!keys.isEmpty() && !constraint.has("labelSelector")) {
      errors.forbidden(path, "must not be specified when labelSelector is not set");
    }
    List<String> selected = LabelSelectorValidation.keys(constraint.object("labelSelector"));
    Elements.eachString(
        keys,
        path,
        (key, at) -> {
          LabelSelectorValidation.validateKey(key, at, errors);
          boolean twice = selected.indexOf(key) != selected.lastIndexOf(key);
          if (merged ? twice : selected.contains(key)) {
            errors.invalid(at, key, "exists in both matchLabelKeys and labelSelector");
          }
        });
  }
}
