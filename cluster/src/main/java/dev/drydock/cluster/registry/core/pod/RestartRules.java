package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;

/// Checks a container's own restart policy and its rules, which upstream knows since 1.34.
///
/// Models validateContainerRestartPolicy in pkg/apis/core/validation.
final class RestartRules {
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("Always", "Never", "OnFailure");
  private static final ImmutableList<String> ACTIONS =
      ImmutableList.of("Restart", "RestartAllContainers");
  private static final ImmutableList<String> OPERATORS = ImmutableList.of("In", "NotIn");
  private static final int RULES_MAX = 20;
  private static final int EXIT_CODES_MAX = 255;

  private RestartRules() {}

  static void validate(JsonObject container, FieldPath path, FieldErrors errors) {
    Choices.optional(container, "restartPolicy", path.child("restartPolicy"), POLICIES, errors);
    JsonArray rules = container.array("restartPolicyRules");
    if (rules.isEmpty()) {
      return;
    }
    if (!container.has("restartPolicy")) {
      errors.required(
          path.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
    }
    if (rules.size() > RULES_MAX) {
      errors.tooMany(path.child("restartPolicyRules"), rules.size(), RULES_MAX);
    }
    Elements.each(
        rules,
        path.child("restartPolicyRules"),
        (rule, at) -> {
          Choices.required(rule, "action", at.child("action"), ACTIONS, errors);
          validateExitCodes(rule, at.child("exitCodes"), errors);
        });
  }

  private static void validateExitCodes(JsonObject rule, FieldPath path, FieldErrors errors) {
    if (!rule.has("exitCodes")) {
      errors.required(path, "must be specified");
      return;
    }
    JsonObject exitCodes = rule.object("exitCodes");
    Choices.required(exitCodes, "operator", path.child("operator"), OPERATORS, errors);
    int count = exitCodes.array("values").size();
    if (count > EXIT_CODES_MAX) {
      errors.tooMany(path.child("values"), count, EXIT_CODES_MAX);
    }
  }
}
