package dev.drydock.cluster.registry.batch.job;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;

/// Checks when an indexed job is done before all its indexes are. The syntax of the list of indexes
/// is left to the job controller.
///
/// Models validateSuccessPolicy in pkg/apis/batch/validation.
final class SuccessPolicyValidation {
  private static final int RULES_MAX = 20;

  private SuccessPolicyValidation() {}

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    JsonObject policy = spec.object("successPolicy");
    if (!JobValidation.isIndexed(spec)) {
      errors.invalid(
          path, InternalTypes.of("SuccessPolicy", policy), "requires indexed completion mode");
      return;
    }
    JsonArray rules = policy.array("rules");
    if (rules.isEmpty()) {
      errors.required(
          path.child("rules"),
          "at least one rules must be specified when the successPolicy is specified");
    }
    if (rules.size() > RULES_MAX) {
      errors.tooMany(path.child("rules"), rules.size(), RULES_MAX);
    }
    long completions = spec.integer(0, "completions");
    Elements.each(
        rules,
        path.child("rules"),
        (rule, at) -> {
          if (!rule.has("succeededCount") && !rule.has("succeededIndexes")) {
            errors.required(
                at, "at least one of succeededCount or succeededIndexes must be specified");
          }
          Numbers.nonNegative(rule, "succeededCount", at, errors);
          long count = rule.integer(0, "succeededCount");
          if (count > completions) {
            errors.invalid(
                at.child("succeededCount"),
                count,
                "must be less than or equal to %d (the number of specified completions)"
                    .formatted(completions));
          }
        });
  }
}
