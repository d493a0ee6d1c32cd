package dev.drydock.cluster.apimachinery.validation;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Checks label selectors and their parts. Models
/// apimachinery/pkg/apis/meta/v1/validation.ValidateLabelSelector.
public final class LabelSelectorValidation {
  private LabelSelectorValidation() {}

  public static void validate(JsonObject selector, FieldPath path, FieldErrors errors) {
    ObjectMetaValidation.validateLabels(
        selector.strings("matchLabels"), path.child("matchLabels"), errors);
    Elements.each(
        selector.array("matchExpressions"),
        path.child("matchExpressions"),
        (requirement, at) -> validateRequirement(requirement, at, errors));
  }

  private static void validateRequirement(
      JsonObject requirement, FieldPath path, FieldErrors errors) {
    String operator = requirement.string("operator");
    boolean hasValues = !requirement.array("values").isEmpty();
    FieldPath values = path.child("values");
    switch (operator) {
      case "In", "NotIn" -> {
        if (!hasValues) {
          errors.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (hasValues) {
          errors.forbidden(
              values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
    validateKey(requirement.string("key"), path.child("key"), errors);
    Elements.eachString(
        requirement.array("values"),
        values,
        (value, at) -> errors.invalid(at, value, Names.labelValue(value)));
  }

  public static void validateKey(String key, FieldPath path, FieldErrors errors) {
    errors.invalid(path, key, Names.qualifiedName(key));
  }

  /// Whether a selector has neither labels nor expressions, and so matches everything.
  public static boolean isEmpty(JsonObject selector) {
    return selector.object("matchLabels").isEmpty() && selector.array("matchExpressions").isEmpty();
  }

  /// A selector that workloads need: there, and not one that matches everything.
  public static void validateNonEmpty(
      JsonObject owner, FieldPath path, String whenEmpty, FieldErrors errors) {
    JsonObject selector = owner.object("selector");
    if (!owner.has("selector")) {
      errors.required(path, "");
    } else {
      validate(selector, path, errors);
      if (isEmpty(selector)) {
        errors.invalid(path, selector, whenEmpty);
      }
    }
  }

  /// The label keys a selector looks at.
  public static ImmutableList<String> keys(JsonObject selector) {
    return ImmutableList.<String>builder()
        .addAll(selector.object("matchLabels").fields().keySet())
        .addAll(selector.array("matchExpressions").objects().map(e -> e.string("key")).toList())
        .build();
  }
}
