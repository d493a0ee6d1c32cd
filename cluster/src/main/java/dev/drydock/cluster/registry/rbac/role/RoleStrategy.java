package dev.drydock.cluster.registry.rbac.role;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.registry.rbac.Grants;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of roles and cluster roles. Models pkg/registry/rbac/{role,clusterrole} and
/// ValidatePolicyRule.
public final class RoleStrategy implements Strategy {
  private final boolean namespaced;

  /// @param namespaced whether the roles apply to one namespace
  public RoleStrategy(boolean namespaced) {
    this.namespaced = namespaced;
  }

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public ImmutableList<String> validateName(String name) {
    return Formats.pathSegment(name);
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    Grants.checkRole(object, resource(), context);
    return Strategy.super.prepareForCreate(object, context);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old, StrategyContext context) {
    boolean same = object.array("rules").equals(old.array("rules"));
    if (!same) {
      Grants.checkRole(object, resource(), context);
    }
    return Strategy.super.prepareForUpdate(object, old, context);
  }

  private String resource() {
    return namespaced ? "roles" : "clusterroles";
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Elements.each(
        object.array("rules"), FieldPath.of("rules"), (rule, at) -> validate(rule, at, errors));
    if (object.has("aggregationRule")) {
      validateAggregation(
          object.object("aggregationRule"), FieldPath.of("aggregationRule"), errors);
    }
  }

  private void validate(JsonObject rule, FieldPath path, FieldErrors errors) {
    if (rule.array("verbs").isEmpty()) {
      errors.required(path.child("verbs"), "verbs must contain at least one value");
    }
    boolean resources =
        !rule.array("apiGroups").isEmpty()
            || !rule.array("resources").isEmpty()
            || !rule.array("resourceNames").isEmpty();
    if (!rule.array("nonResourceURLs").isEmpty()) {
      String wrong =
          namespaced
              ? "namespaced rules cannot apply to non-resource URLs"
              : resources
                  ? "rules cannot apply to both regular resources and non-resource URLs"
                  : "";
      if (!wrong.isEmpty()) {
        errors.invalid(path.child("nonResourceURLs"), rule.array("nonResourceURLs"), wrong);
      }
      return;
    }
    if (rule.array("apiGroups").isEmpty()) {
      errors.required(path.child("apiGroups"), "resource rules must supply at least one api group");
    }
    if (rule.array("resources").isEmpty()) {
      errors.required(path.child("resources"), "resource rules must supply at least one resource");
    }
  }

  private static void validateAggregation(
      JsonObject aggregation, FieldPath path, FieldErrors errors) {
    FieldPath selectors = path.child("clusterRoleSelectors");
    if (aggregation.array("clusterRoleSelectors").isEmpty()) {
      errors.required(
          selectors, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    }
    Elements.each(
        aggregation.array("clusterRoleSelectors"),
        selectors,
        (selector, at) -> LabelSelectorValidation.validate(selector, at, errors));
  }
}
