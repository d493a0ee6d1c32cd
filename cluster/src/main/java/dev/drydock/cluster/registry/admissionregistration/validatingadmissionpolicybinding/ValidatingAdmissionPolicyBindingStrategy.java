package dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicybinding;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.admissionregistration.MatchResources;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.HashSet;
import java.util.Set;

/// The rules of bindings of validating admission policies. Models
/// pkg/registry/admissionregistration/validatingadmissionpolicybinding.
public final class ValidatingAdmissionPolicyBindingStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> ACTIONS = ImmutableList.of("Audit", "Deny", "Warn");
  private static final ImmutableList<String> NOT_FOUND_ACTIONS = ImmutableList.of("Deny", "Allow");

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(
        object,
        "spec",
        spec -> Defaulting.within(spec, "matchResources", MatchResources::withDefaults));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    String policy = spec.string("policyName");
    if (policy.isEmpty()) {
      errors.required(SPEC.child("policyName"), "");
    } else {
      errors.invalid(SPEC.child("policyName"), policy, Names.dns1123Subdomain(policy));
    }
    if (spec.has("paramRef")) {
      validateParamRef(spec.object("paramRef"), SPEC.child("paramRef"), errors);
    }
    if (spec.has("matchResources")) {
      MatchResources.validate(spec.object("matchResources"), SPEC.child("matchResources"), errors);
    }
    validateActions(spec.array("validationActions"), SPEC.child("validationActions"), errors);
  }

  private static void validateParamRef(JsonObject reference, FieldPath path, FieldErrors errors) {
    String name = reference.string("name");
    boolean selects = reference.has("selector");
    String exclusive = "name and selector are mutually exclusive";
    if (!name.isEmpty()) {
      errors.invalid(path.child("name"), name, Formats.pathSegment(name));
      if (selects) {
        errors.forbidden(path.child("name"), exclusive);
      }
    }
    if (selects) {
      LabelSelectorValidation.validate(
          reference.object("selector"), path.child("selector"), errors);
      if (!name.isEmpty()) {
        errors.forbidden(path.child("selector"), exclusive);
      }
    }
    if (name.isEmpty() && !selects) {
      errors.required(path, "one of name or selector must be specified");
    }
    String action = reference.string("parameterNotFoundAction");
    if (action.isEmpty()) {
      errors.required(path.child("parameterNotFoundAction"), "");
    } else if (!NOT_FOUND_ACTIONS.contains(action)) {
      errors.notSupported(path.child("parameterNotFoundAction"), action, NOT_FOUND_ACTIONS);
    }
  }

  private static void validateActions(JsonArray actions, FieldPath path, FieldErrors errors) {
    Set<String> seen = new HashSet<>();
    Elements.eachString(
        actions,
        path,
        (action, at) -> {
          if (!ACTIONS.contains(action)) {
            errors.notSupported(at, action, ACTIONS);
          }
          if (!seen.add(action)) {
            errors.duplicate(at, Json.of(action));
          }
        });
    if (seen.contains("Deny") && seen.contains("Warn")) {
      errors.invalid(
          path,
          actions,
          "must not contain both Deny and Warn (repeating the same validation failure information"
              + " in the API response and headers serves no purpose)");
    }
    if (seen.isEmpty()) {
      errors.required(path, "at least one validation action is required");
    }
  }
}
