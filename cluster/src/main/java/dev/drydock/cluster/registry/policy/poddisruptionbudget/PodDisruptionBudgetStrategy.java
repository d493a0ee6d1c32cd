package dev.drydock.cluster.registry.policy.poddisruptionbudget;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of pod disruption budgets. Models pkg/registry/policy/poddisruptionbudget.
public final class PodDisruptionBudgetStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("AlwaysAllow", "IfHealthyBudget");
  private static final ImmutableList<String> COUNTS =
      ImmutableList.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods");

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject.Builder status = JsonObject.builder();
    COUNTS.forEach(count -> status.put(count, 0));
    return Strategy.super.prepareForCreate(object, context).with("status", status.build());
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    if (spec.has("minAvailable") && spec.has("maxUnavailable")) {
      errors.invalid(
          SPEC,
          InternalTypes.of("PodDisruptionBudgetSpec", spec),
          "minAvailable and maxUnavailable cannot be both set");
    }
    for (String field : new String[] {"minAvailable", "maxUnavailable"}) {
      if (spec.has(field)) {
        Numbers.countOrPercent(spec.get(field), SPEC.child(field), errors);
        Numbers.notMoreThanAll(spec.get(field), SPEC.child(field), errors);
      }
    }
    Choices.optional(
        spec,
        "unhealthyPodEvictionPolicy",
        SPEC.child("unhealthyPodEvictionPolicy"),
        POLICIES,
        errors);
    LabelSelectorValidation.validate(spec.object("selector"), SPEC.child("selector"), errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    COUNTS.forEach(count -> Numbers.nonNegative(object.object("status"), count, STATUS, errors));
  }
}
