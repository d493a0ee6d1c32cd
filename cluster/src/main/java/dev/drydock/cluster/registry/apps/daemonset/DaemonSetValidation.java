package dev.drydock.cluster.registry.apps.daemonset;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.core.pod.PodTemplateValidation;
import dev.drydock.cluster.registry.workload.Templates;

/// Checks daemon sets. Models ValidateDaemonSetSpec in pkg/apis/apps/validation.
final class DaemonSetValidation {
  static final FieldPath SPEC = FieldPath.of("spec");

  private DaemonSetValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    JsonObject selector = spec.object("selector");
    FieldPath template = SPEC.child("template");
    LabelSelectorValidation.validate(selector, SPEC.child("selector"), errors);
    Templates.validateLabels(spec, template, errors);
    if (spec.has("selector") && LabelSelectorValidation.isEmpty(selector)) {
      errors.invalid(SPEC.child("selector"), selector, "empty selector is invalid for daemonset");
    }
    PodTemplateValidation.validate(spec.object("template"), template, errors);
    Templates.validateRunsForever(spec.object("template"), template, "DaemonSet", errors);
    Numbers.nonNegative(spec, "minReadySeconds", SPEC, errors);
    validateStrategy(spec.object("updateStrategy"), SPEC.child("updateStrategy"), errors);
    Numbers.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
  }

  private static void validateStrategy(JsonObject strategy, FieldPath path, FieldErrors errors) {
    switch (strategy.string("type")) {
      case "OnDelete" -> {
        // Nothing more to say.
      }
      case "RollingUpdate" ->
          validateRollingUpdate(
              strategy.object("rollingUpdate"), path.child("rollingUpdate"), errors);
      default ->
          errors.notSupported(
              path,
              InternalTypes.of("DaemonSetUpdateStrategy", strategy),
              ImmutableList.of("RollingUpdate", "OnDelete"));
    }
  }

  private static void validateRollingUpdate(
      JsonObject rolling, FieldPath path, FieldErrors errors) {
    Json unavailable = rolling.get("maxUnavailable");
    Json surge = rolling.get("maxSurge");
    Numbers.countOrPercent(unavailable, path.child("maxUnavailable"), errors);
    Numbers.countOrPercent(surge, path.child("maxSurge"), errors);
    Numbers.notMoreThanAll(unavailable, path.child("maxUnavailable"), errors);
    Numbers.notMoreThanAll(surge, path.child("maxSurge"), errors);
    boolean none = Numbers.isZero(unavailable);
    if (!none && !Numbers.isZero(surge)) {
      errors.invalid(
          path.child("maxSurge"),
          surge == null ? JsonNull.NULL : surge,
          "may not be set when maxUnavailable is non-zero");
    } else if (none && Numbers.isZero(surge)) {
      errors.required(path.child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
    }
  }
}
