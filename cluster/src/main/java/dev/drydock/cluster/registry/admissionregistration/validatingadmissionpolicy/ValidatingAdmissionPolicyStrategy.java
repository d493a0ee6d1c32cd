package dev.drydock.cluster.registry.admissionregistration.validatingadmissionpolicy;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.admissionregistration.MatchResources;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of validating admission policies. Models
/// pkg/registry/admissionregistration/validatingadmissionpolicy.
public final class ValidatingAdmissionPolicyStrategy implements Strategy {

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(
        object,
        "spec",
        spec ->
            Defaulting.within(
                Defaulting.value(spec, "failurePolicy", "Fail"),
                "matchConstraints",
                MatchResources::withDefaults));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    new PolicyValidation(object, errors).validate();
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    if (!object.object("spec").equals(old.object("spec"))) {
      validate(object, errors);
    }
  }
}
