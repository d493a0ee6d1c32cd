package dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Numbers;

/// Checks autoscalers. Models validateHorizontalPodAutoscalerSpec in
/// pkg/apis/autoscaling/validation.
final class AutoscalerValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> SELECT_POLICIES =
      ImmutableList.of("Disabled", "Max", "Min");
  private static final ImmutableList<String> POLICIES = ImmutableList.of("Percent", "Pods");
  private static final long WINDOW_SECONDS_MAX = 3600;
  private static final long PERIOD_SECONDS_MAX = 1800;

  private AutoscalerValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    long min = spec.integer(1, "minReplicas");
    long max = spec.integer(0, "maxReplicas");
    if (min < 1) {
      errors.invalid(SPEC.child("minReplicas"), min, "must be greater than or equal to 1");
    }
    if (max < 1) {
      errors.invalid(SPEC.child("maxReplicas"), max, "must be greater than 0");
    }
    if (max < min) {
      errors.invalid(
          SPEC.child("maxReplicas"), max, "must be greater than or equal to `minReplicas`");
    }
    validateReference(spec.object("scaleTargetRef"), SPEC.child("scaleTargetRef"), errors);
    Elements.each(
        spec.array("metrics"),
        SPEC.child("metrics"),
        (metric, path) -> MetricValidation.validate(metric, path, errors));
    for (String direction : new String[] {"scaleUp", "scaleDown"}) {
      JsonObject rules = spec.object("behavior", direction);
      if (!rules.isEmpty()) {
        validateRules(rules, SPEC.child("behavior").child(direction), errors);
      }
    }
  }

  static void validateReference(JsonObject reference, FieldPath path, FieldErrors errors) {
    for (String field : new String[] {"kind", "name"}) {
      String value = reference.string(field);
      if (value.isEmpty()) {
        errors.required(path.child(field), "");
      } else {
        errors.invalid(path.child(field), value, Formats.pathSegment(value));
      }
    }
  }

  private static void validateRules(JsonObject rules, FieldPath path, FieldErrors errors) {
    long window = rules.integer(0, "stabilizationWindowSeconds");
    FieldPath windowPath = path.child("stabilizationWindowSeconds");
    if (window < 0) {
      errors.invalid(windowPath, window, "must be greater than or equal to zero");
    }
    if (window > WINDOW_SECONDS_MAX) {
      errors.invalid(windowPath, window, "must be less than or equal to " + WINDOW_SECONDS_MAX);
    }
    Choices.optional(rules, "selectPolicy", path.child("selectPolicy"), SELECT_POLICIES, errors);
    if (rules.array("policies").isEmpty()) {
      errors.required(path.child("policies"), "must specify at least one Policy");
    }
    Elements.each(
        rules.array("policies"),
        path.child("policies"),
        (policy, at) -> {
          if (!POLICIES.contains(policy.string("type"))) {
            errors.notSupported(at.child("type"), policy.string("type"), POLICIES);
          }
          for (String field : new String[] {"value", "periodSeconds"}) {
            if (policy.integer(0, field) <= 0) {
              errors.invalid(at.child(field), policy.integer(0, field), Numbers.NOT_POSITIVE);
            }
          }
          long period = policy.integer(0, "periodSeconds");
          if (period > PERIOD_SECONDS_MAX) {
            errors.invalid(
                at.child("periodSeconds"),
                period,
                "must be less than or equal to " + PERIOD_SECONDS_MAX);
          }
        });
  }
}
