package dev.drydock.cluster.registry.batch.job;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks how a job is to take the failures of its pods. Models validatePodFailurePolicy in
/// pkg/apis/batch/validation.
final class PodFailurePolicyValidation {
  private static final ImmutableList<String> ACTIONS =
      ImmutableList.of("Count", "FailIndex", "FailJob", "Ignore");
  private static final ImmutableList<String> OPERATORS = ImmutableList.of("In", "NotIn");
  private static final ImmutableList<String> STATUSES =
      ImmutableList.of("False", "True", "Unknown");
  private static final int RULES_MAX = 20;
  private static final int VALUES_MAX = 255;

  private PodFailurePolicyValidation() {}

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    JsonArray rules = spec.array("podFailurePolicy", "rules");
    FieldPath rulesPath = path.child("rules");
    if (rules.size() > RULES_MAX) {
      errors.tooMany(rulesPath, rules.size(), RULES_MAX);
    }
    Set<String> containers =
        Stream.of("containers", "initContainers")
            .flatMap(kind -> spec.array("template", "spec", kind).objects())
            .map(container -> container.string("name"))
            .collect(Collectors.toSet());
    Elements.each(
        rules,
        rulesPath,
        (rule, at) -> {
          validateAction(rule, spec, at.child("action"), errors);
          boolean codes = rule.has("onExitCodes");
          boolean conditions = !rule.array("onPodConditions").isEmpty();
          if (codes) {
            validateExitCodes(
                rule.object("onExitCodes"), containers, at.child("onExitCodes"), errors);
          }
          validateConditions(rule.array("onPodConditions"), at.child("onPodConditions"), errors);
          if (codes == conditions) {
            errors.invalid(
                at,
                codes
                    ? "specifying both OnExitCodes and OnPodConditions is not supported"
                    : "specifying one of OnExitCodes and OnPodConditions is required");
          }
        });
  }

  private static void validateAction(
      JsonObject rule, JsonObject spec, FieldPath path, FieldErrors errors) {
    String action = rule.string("action");
    if (choose(action, ACTIONS, path, errors)
        && action.equals("FailIndex")
        && !spec.has("backoffLimitPerIndex")) {
      errors.invalid(path, action, "requires the backoffLimitPerIndex to be set");
    }
  }

  /// Whether the value is one of the supported.
  private static boolean choose(
      String value, ImmutableList<String> supported, FieldPath path, FieldErrors errors) {
    if (value.isEmpty()) {
      String all =
          supported.stream().map(FieldErrors::quote).collect(Collectors.joining(" ", "[", "]"));
      errors.required(path, "valid values: " + all);
    } else if (!supported.contains(value)) {
      errors.notSupported(path, value, supported);
    }
    return supported.contains(value);
  }

  private static void validateConditions(JsonArray patterns, FieldPath path, FieldErrors errors) {
    if (patterns.size() > RULES_MAX) {
      errors.tooMany(path, patterns.size(), RULES_MAX);
    }
    Elements.each(
        patterns,
        path,
        (pattern, at) -> {
          String type = pattern.string("type");
          errors.invalid(at.child("type"), type, Names.qualifiedName(type));
          choose(pattern.string("status"), STATUSES, at.child("status"), errors);
        });
  }

  private static void validateExitCodes(
      JsonObject exitCodes, Set<String> containers, FieldPath path, FieldErrors errors) {
    String operator = exitCodes.string("operator");
    choose(operator, OPERATORS, path.child("operator"), errors);
    String container = exitCodes.string("containerName");
    if (exitCodes.has("containerName") && !containers.contains(container)) {
      errors.invalid(
          path.child("containerName"),
          container,
          "must be one of the container or initContainer names in the pod template");
    }
    JsonArray values = exitCodes.array("values");
    FieldPath valuesPath = path.child("values");
    if (values.isEmpty()) {
      errors.invalid(valuesPath, values, "at least one value is required");
    } else if (values.size() > VALUES_MAX) {
      errors.tooMany(valuesPath, values.size(), VALUES_MAX);
    }
    List<Long> codes = values.items().stream().map(PodFailurePolicyValidation::code).toList();
    for (int i = 0; i < codes.size(); i++) {
      if (operator.equals("In") && codes.get(i) == 0) {
        errors.invalid(valuesPath.index(i), 0, "must not be 0 for the In operator");
      }
      if (codes.indexOf(codes.get(i)) < i) {
        errors.duplicate(valuesPath.index(i), Json.of(codes.get(i)));
      }
    }
    if (!codes.stream().sorted().toList().equals(codes)) {
      errors.invalid(valuesPath, values, "must be ordered");
    }
  }

  private static long code(Json value) {
    return value instanceof JsonNumber number ? number.longValue() : 0;
  }
}
