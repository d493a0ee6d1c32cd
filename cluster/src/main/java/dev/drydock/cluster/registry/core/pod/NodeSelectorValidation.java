package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;

/// Checks node selectors. Models ValidateNodeSelector in pkg/apis/core/validation.
public final class NodeSelectorValidation {
  private NodeSelectorValidation() {}

  public static void validate(JsonObject selector, FieldPath path, FieldErrors errors) {
    FieldPath terms = path.child("nodeSelectorTerms");
    if (selector.array("nodeSelectorTerms").isEmpty()) {
      errors.required(terms, "must have at least one node selector term");
    }
    Elements.each(
        selector.array("nodeSelectorTerms"),
        terms,
        (term, at) -> validateTerm(term, true, at, errors));
  }

  /// @param checkValues preferences may name values that no label can have
  static void validateTerm(
      JsonObject term, boolean checkValues, FieldPath path, FieldErrors errors) {
    Elements.each(
        term.array("matchExpressions"),
        path.child("matchExpressions"),
        (requirement, at) -> validateExpression(requirement, checkValues, at, errors));
    Elements.each(
        term.array("matchFields"),
        path.child("matchFields"),
        (requirement, at) -> validateField(requirement, at, errors));
  }

  private static void validateExpression(
      JsonObject requirement, boolean checkValues, FieldPath path, FieldErrors errors) {
    String operator = requirement.string("operator");
    int count = requirement.array("values").size();
    FieldPath values = path.child("values");
    switch (operator) {
      case "In", "NotIn" -> {
        if (count == 0) {
          errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (count > 0) {
          errors.forbidden(
              values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (count != 1) {
          errors.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    LabelSelectorValidation.validateKey(requirement.string("key"), path.child("key"), errors);
    if (checkValues) {
      Elements.eachString(
          requirement.array("values"),
          values,
          (value, at) -> errors.invalid(at, value, Names.labelValue(value)));
    }
  }

  private static void validateField(JsonObject requirement, FieldPath path, FieldErrors errors) {
    String operator = requirement.string("operator");
    if (!operator.equals("In") && !operator.equals("NotIn")) {
      errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    } else if (requirement.array("values").size() != 1) {
      errors.required(
          path.child("values"),
          "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
    }
    String key = requirement.string("key");
    if (!key.equals("metadata.name")) {
      errors.invalid(path.child("key"), key, "not a valid field selector key");
      return;
    }
    Elements.eachString(
        requirement.array("values"),
        path.child("values"),
        (value, at) -> errors.invalid(at, value, Names.dns1123Subdomain(value)));
  }
}
