package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.UnifiedDiff;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks what may change in a pod once it exists: very little.
///
/// Models ValidatePodUpdate in pkg/apis/core/validation.
final class PodUpdateValidation {
  private static final FieldPath SPEC = PodValidation.SPEC;

  private static final String MAY_CHANGE =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
          + "`spec.tolerations` (only additions to existing tolerations),"
          + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously"
          + " negative)";

  private PodUpdateValidation() {}

  static void validate(JsonObject pod, JsonObject old, FieldErrors errors) {
    PodValidation.validateMetadataAndSpec(pod, errors);
    PodAnnotationValidation.validateUpdate(
        ObjectMeta.annotations(pod),
        ObjectMeta.annotations(old),
        FieldPath.of("metadata").child("annotations"),
        errors);
    JsonObject spec = pod.object("spec");
    JsonObject before = old.object("spec");
    if (validateContainers(spec, before, "containers", errors)
        && validateContainers(spec, before, "initContainers", errors)
        && validateDeadline(spec, before, errors)) {
      validateTolerations(spec, before, errors);
      validateGates(spec, before, errors);
      validateRest(spec, before, errors);
    }
  }

  /// Whether the rest is worth checking.
  private static boolean validateContainers(
      JsonObject spec, JsonObject before, String kind, FieldErrors errors) {
    FieldPath path = SPEC.child(kind);
    if (spec.array(kind).size() != before.array(kind).size()) {
      errors.forbidden(path, "pod updates may not add or remove containers");
      return false;
    }
    Elements.each(
        spec.array(kind),
        path,
        (container, at) -> {
          if (container.string("image").isEmpty()) {
            errors.required(at.child("image"), "");
          }
          PodValidation.validateImageIsTrimmed(container, at, errors);
        });
    return true;
  }

  private static boolean validateDeadline(JsonObject spec, JsonObject before, FieldErrors errors) {
    FieldPath path = SPEC.child("activeDeadlineSeconds");
    if (!(spec.get("activeDeadlineSeconds") instanceof JsonNumber deadline)) {
      if (before.has("activeDeadlineSeconds")) {
        errors.invalid(path, JsonNull.NULL, "must not update from a positive integer to nil value");
      }
      return true;
    }
    long seconds = deadline.longValue();
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      errors.invalid(path, seconds, Formats.inclusiveRange(0, Integer.MAX_VALUE));
      return false;
    }
    if (before.integer(Long.MAX_VALUE, "activeDeadlineSeconds") < seconds) {
      errors.invalid(path, seconds, "must be less than or equal to previous value");
      return false;
    }
    return true;
  }

  private static void validateTolerations(JsonObject spec, JsonObject before, FieldErrors errors) {
    List<JsonObject> now =
        spec.array("tolerations").objects().map(t -> t.without("tolerationSeconds")).toList();
    boolean kept =
        before
            .array("tolerations")
            .objects()
            .map(toleration -> toleration.without("tolerationSeconds"))
            .allMatch(now::contains);
    if (!kept) {
      errors.forbidden(
          SPEC.child("tolerations"),
          "existing toleration can not be modified except its tolerationSeconds");
    } else {
      TolerationValidation.validate(spec.array("tolerations"), SPEC.child("tolerations"), errors);
    }
  }

  private static void validateGates(JsonObject spec, JsonObject before, FieldErrors errors) {
    Set<String> old =
        before
            .array("schedulingGates")
            .objects()
            .map(gate -> gate.string("name"))
            .collect(Collectors.toSet());
    Elements.each(
        spec.array("schedulingGates"),
        SPEC.child("schedulingGates"),
        (gate, path) -> {
          if (!old.contains(gate.string("name"))) {
            errors.forbidden(
                path.child("name"),
                "only deletion is allowed, but found new scheduling gate '"
                    + gate.string("name")
                    + "'");
          }
        });
  }

  private static void validateRest(JsonObject spec, JsonObject before, FieldErrors errors) {
    JsonObject munged =
        withImagesOf(withImagesOf(spec, before, "containers"), before, "initContainers");
    for (String field : List.of("activeDeadlineSeconds", "schedulingGates", "tolerations")) {
      munged = Strategy.withFieldOf(munged, before, field);
    }
    if (before.integer(0, "terminationGracePeriodSeconds") < 0
        && munged.integer(0, "terminationGracePeriodSeconds") == 1) {
      munged = Strategy.withFieldOf(munged, before, "terminationGracePeriodSeconds");
    }
    if (!before.array("schedulingGates").isEmpty()) {
      munged = GatedPodUpdates.munged(munged, before, errors);
    }
    if (!munged.equals(before)) {
      errors.forbidden(
          SPEC,
          MAY_CHANGE
              + "\n"
              + UnifiedDiff.of(
                  InternalTypes.of("PodSpec", before), InternalTypes.of("PodSpec", munged)));
    }
  }

  private static JsonObject withImagesOf(JsonObject spec, JsonObject before, String kind) {
    if (!spec.has(kind)) {
      return spec;
    }
    List<Json> old = before.array(kind).items();
    List<Json> now = new java.util.ArrayList<>();
    for (int i = 0; i < spec.array(kind).size(); i++) {
      now.add(
          spec.array(kind).get(i) instanceof JsonObject one && old.get(i) instanceof JsonObject was
              ? Strategy.withFieldOf(one, was, "image")
              : spec.array(kind).get(i));
    }
    return spec.with(kind, JsonArray.copyOf(now));
  }
}
