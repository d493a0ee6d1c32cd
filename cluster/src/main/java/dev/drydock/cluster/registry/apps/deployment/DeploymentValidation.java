package dev.drydock.cluster.registry.apps.deployment;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.workload.Templates;

/// Checks deployments. Models ValidateDeploymentSpec in pkg/apis/apps/validation.
final class DeploymentValidation {
  static final FieldPath SPEC = FieldPath.of("spec");

  private DeploymentValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    Numbers.nonNegative(spec, "replicas", SPEC, errors);
    LabelSelectorValidation.validateNonEmpty(
        spec, SPEC.child("selector"), "empty selector is invalid for deployment", errors);
    Templates.validate(spec, SPEC, "ReplicaSet", errors);
    validateStrategy(spec.object("strategy"), SPEC.child("strategy"), errors);
    Numbers.nonNegative(spec, "minReadySeconds", SPEC, errors);
    Numbers.nonNegative(spec, "revisionHistoryLimit", SPEC, errors);
    Numbers.nonNegative(spec, "progressDeadlineSeconds", SPEC, errors);
    long deadline = spec.integer(0, "progressDeadlineSeconds");
    if (spec.has("progressDeadlineSeconds") && deadline <= spec.integer(0, "minReadySeconds")) {
      errors.invalid(
          SPEC.child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
    }
  }

  private static void validateStrategy(JsonObject strategy, FieldPath path, FieldErrors errors) {
    switch (strategy.string("type")) {
      case "Recreate" -> {
        if (strategy.has("rollingUpdate")) {
          errors.forbidden(
              path.child("rollingUpdate"),
              "may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" ->
          validateRollingUpdate(
              strategy.object("rollingUpdate"), path.child("rollingUpdate"), errors);
      default ->
          errors.notSupported(
              path,
              InternalTypes.of("DeploymentStrategy", strategy),
              ImmutableList.of("Recreate", "RollingUpdate"));
    }
  }

  private static void validateRollingUpdate(
      JsonObject rolling, FieldPath path, FieldErrors errors) {
    Json unavailable = rolling.get("maxUnavailable");
    Json surge = rolling.get("maxSurge");
    Numbers.countOrPercent(unavailable, path.child("maxUnavailable"), errors);
    Numbers.countOrPercent(surge, path.child("maxSurge"), errors);
    if (Numbers.isZero(unavailable) && Numbers.isZero(surge)) {
      errors.invalid(
          path.child("maxUnavailable"),
          unavailable == null ? JsonNull.NULL : unavailable,
          "may not be 0 when `maxSurge` is 0");
    }
    Numbers.notMoreThanAll(unavailable, path.child("maxUnavailable"), errors);
  }
}
