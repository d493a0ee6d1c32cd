package dev.drydock.cluster.registry.core.resourcequota;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks which pods a quota counts. Models validateResourceQuotaScopes and validateScopeSelector
/// in pkg/apis/core/validation.
final class QuotaScopes {
  private static final ImmutableSet<String> SCOPES =
      ImmutableSet.of(
          "Terminating",
          "NotTerminating",
          "BestEffort",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity",
          "VolumeAttributesClass");
  private static final ImmutableSet<String> COMPUTE =
      ImmutableSet.of(
          "pods",
          "cpu",
          "memory",
          "requests.cpu",
          "requests.memory",
          "limits.cpu",
          "limits.memory");

  private QuotaScopes() {}

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    FieldPath scopes = path.child("scopes");
    Json shown = spec.array("scopes");
    Set<String> seen = new HashSet<>();
    for (String scope : spec.array("scopes").strings().toList()) {
      validateScope(scope, spec, scopes, scopes, shown, shown, errors);
      seen.add(scope);
    }
    validatePairs(seen, scopes, shown, errors);
    if (spec.has("scopeSelector")) {
      validateSelector(spec, path.child("scopeSelector").child("matchExpressions"), errors);
    }
  }

  private static void validateScope(
      String scope,
      JsonObject spec,
      FieldPath scopePath,
      FieldPath path,
      Json scopeShown,
      Json shown,
      FieldErrors errors) {
    if (!SCOPES.contains(scope)) {
      errors.invalid(scopePath, scopeShown, "unsupported scope");
    }
    for (String name : spec.object("hard").fields().keySet()) {
      if (!isFor(scope, name)) {
        errors.invalid(path, shown, "unsupported scope applied to resource");
      }
    }
  }

  private static boolean isFor(String scope, String resource) {
    return switch (scope) {
      case "BestEffort" -> resource.equals("pods");
      case "Terminating",
          "NotTerminating",
          "NotBestEffort",
          "PriorityClass",
          "CrossNamespacePodAffinity" ->
          COMPUTE.contains(resource) || resource.contains("/") || resource.contains("storage");
      default -> true;
    };
  }

  private static void validatePairs(
      Set<String> seen, FieldPath path, Json shown, FieldErrors errors) {
    for (List<String> pair :
        List.of(List.of("BestEffort", "NotBestEffort"), List.of("Terminating", "NotTerminating"))) {
      if (seen.containsAll(pair)) {
        errors.invalid(path, shown, "conflicting scopes");
      }
    }
  }

  private static void validateSelector(JsonObject spec, FieldPath path, FieldErrors errors) {
    Set<String> seen = new HashSet<>();
    for (JsonObject requirement :
        spec.array("scopeSelector", "matchExpressions").objects().toList()) {
      String scope = requirement.string("scopeName");
      validateScope(
          scope,
          spec,
          path.child("scopeName"),
          path,
          Json.of(scope),
          spec.object("scopeSelector"),
          errors);
      validateOperator(requirement, scope, path, errors);
      seen.add(scope);
    }
    validatePairs(seen, path, spec.array("scopes"), errors);
  }

  private static void validateOperator(
      JsonObject requirement, String scope, FieldPath path, FieldErrors errors) {
    String operator = requirement.string("operator");
    boolean valued = !requirement.array("values").isEmpty();
    if (!scope.equals("PriorityClass")
        && !scope.equals("VolumeAttributesClass")
        && !operator.equals("Exists")) {
      errors.invalid(
          path.child("operator"),
          operator,
          "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating,"
              + " ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort,"
              + " ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
    }
    switch (operator) {
      case "In", "NotIn" -> {
        if (!valued) {
          errors.required(
              path.child("values"),
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (valued) {
          errors.invalid(
              path.child("values"),
              requirement.array("values"),
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
        }
      }
      default -> errors.invalid(path.child("operator"), operator, "not a valid selector operator");
    }
  }
}
