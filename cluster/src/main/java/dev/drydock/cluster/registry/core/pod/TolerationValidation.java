package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;

/// Checks tolerations of taints. Models ValidateTolerations in pkg/apis/core/validation.
final class TolerationValidation {
  private static final ImmutableList<String> EFFECTS =
      ImmutableList.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final ImmutableList<String> OPERATORS = ImmutableList.of("Equal", "Exists");

  private TolerationValidation() {}

  static void validate(JsonArray tolerations, FieldPath path, FieldErrors errors) {
    Elements.each(tolerations, path, (toleration, at) -> validate(toleration, at, errors));
  }

  private static void validate(JsonObject toleration, FieldPath path, FieldErrors errors) {
    String key = toleration.string("key");
    String operator = toleration.string("operator");
    String effect = toleration.string("effect");
    if (!key.isEmpty()) {
      LabelSelectorValidation.validateKey(key, path.child("key"), errors);
    } else if (!operator.equals("Exists")) {
      errors.invalid(
          path.child("operator"),
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    }
    if (toleration.has("tolerationSeconds") && !effect.equals("NoExecute")) {
      errors.invalid(
          path.child("effect"),
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set");
    }
    validateValue(operator, toleration.string("value"), path.child("operator"), errors);
    if (!effect.isEmpty() && !EFFECTS.contains(effect)) {
      errors.notSupported(path.child("effect"), effect, EFFECTS);
    }
  }

  private static void validateValue(
      String operator, String value, FieldPath path, FieldErrors errors) {
    switch (operator) {
      case "Equal", "" -> {
        ImmutableList<String> wrong = Names.labelValue(value);
        if (!wrong.isEmpty()) {
          errors.invalid(path, value, String.join(";", wrong));
        }
      }
      case "Exists" -> {
        if (!value.isEmpty()) {
          errors.invalid(path, value, "value must be empty when `operator` is 'Exists'");
        }
      }
      default -> errors.notSupported(path, operator, OPERATORS);
    }
  }
}
