package dev.drydock.cluster.registry.rbac.rolebinding;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.rbac.Grants;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of role bindings and cluster role bindings: to whom a role is bound may change, which
/// role it is may not.
///
/// Models pkg/registry/rbac/{rolebinding,clusterrolebinding} and ValidateRoleBinding.
public final class RoleBindingStrategy implements Strategy {
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final FieldPath ROLE = FieldPath.of("roleRef");

  private final boolean namespaced;

  /// @param namespaced whether the bindings apply to one namespace
  public RoleBindingStrategy(boolean namespaced) {
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
  public JsonObject applyDefaults(JsonObject object) {
    JsonObject set =
        object.withObject("roleRef", role -> Defaulting.value(role, "apiGroup", GROUP));
    return Defaulting.each(
        set,
        "subjects",
        subject ->
            switch (subject.string("kind")) {
              case "User", "Group" -> Defaulting.value(subject, "apiGroup", GROUP);
              default -> subject;
            });
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    Grants.checkBinding(object, resource(), context);
    return Strategy.super.prepareForCreate(object, context);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old, StrategyContext context) {
    boolean same =
        object.object("roleRef").equals(old.object("roleRef"))
            && object.array("subjects").equals(old.array("subjects"));
    if (!same) {
      Grants.checkBinding(object, resource(), context);
    }
    return Strategy.super.prepareForUpdate(object, old, context);
  }

  private String resource() {
    return namespaced ? "rolebindings" : "clusterrolebindings";
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject role = object.object("roleRef");
    ImmutableList<String> kinds =
        namespaced ? ImmutableList.of("Role", "ClusterRole") : ImmutableList.of("ClusterRole");
    if (!role.string("apiGroup").equals(GROUP)) {
      errors.notSupported(ROLE.child("apiGroup"), role.string("apiGroup"), ImmutableList.of(GROUP));
    }
    if (!kinds.contains(role.string("kind"))) {
      errors.notSupported(ROLE.child("kind"), role.string("kind"), kinds);
    }
    String name = role.string("name");
    if (name.isEmpty()) {
      errors.required(ROLE.child("name"), "");
    } else {
      errors.invalid(ROLE.child("name"), name, Formats.pathSegment(name));
    }
    Elements.each(
        object.array("subjects"),
        FieldPath.of("subjects"),
        (subject, at) -> validateSubject(subject, at, errors));
  }

  private void validateSubject(JsonObject subject, FieldPath path, FieldErrors errors) {
    String name = subject.string("name");
    String group = subject.string("apiGroup");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    }
    switch (subject.string("kind")) {
      case "ServiceAccount" -> {
        if (!name.isEmpty()) {
          errors.invalid(path.child("name"), name, Names.dns1123Subdomain(name));
        }
        if (!group.isEmpty()) {
          errors.notSupported(path.child("apiGroup"), group, ImmutableList.of(""));
        }
        if (!namespaced && subject.string("namespace").isEmpty()) {
          errors.required(path.child("namespace"), "");
        }
      }
      case "User", "Group" -> {
        if (!group.equals(GROUP)) {
          errors.notSupported(path.child("apiGroup"), group, ImmutableList.of(GROUP));
        }
      }
      default ->
          errors.notSupported(
              path.child("kind"),
              subject.string("kind"),
              ImmutableList.of("ServiceAccount", "User", "Group"));
    }
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    JsonObject role = object.object("roleRef");
    if (!role.equals(old.object("roleRef"))) {
      errors.invalid(ROLE, InternalTypes.of("RoleRef", role), "cannot change roleRef");
    }
  }
}
