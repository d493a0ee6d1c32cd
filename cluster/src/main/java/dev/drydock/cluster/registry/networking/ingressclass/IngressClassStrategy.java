package dev.drydock.cluster.registry.networking.ingressclass;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of ingress classes. Models pkg/registry/networking/ingressclass.
public final class IngressClassStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final int CONTROLLER_MAX = 250;

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
        spec ->
            Defaulting.within(
                spec,
                "parameters",
                parameters -> Defaulting.value(parameters, "scope", "Cluster")));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    String controller = object.string("spec", "controller");
    FieldPath path = SPEC.child("controller");
    if (controller.length() > CONTROLLER_MAX) {
      errors.tooLong(path, CONTROLLER_MAX);
    }
    if (controller.isEmpty()) {
      errors.required(path, "");
    } else {
      errors.invalid(path, controller, Formats.domainPrefixedPath(controller));
    }
    if (object.at("spec", "parameters") != null) {
      validateParameters(object.object("spec", "parameters"), SPEC.child("parameters"), errors);
    }
  }

  private static void validateParameters(
      JsonObject parameters, FieldPath path, FieldErrors errors) {
    for (String field : new String[] {"kind", "name"}) {
      String value = parameters.string(field);
      if (value.isEmpty()) {
        errors.required(path.child(field), field + " is required");
      } else {
        errors.invalid(path.child(field), value, Formats.pathSegment(value));
      }
    }
    Choices.required(
        parameters, "scope", path.child("scope"), ImmutableList.of("Cluster", "Namespace"), errors);
    boolean namespaced = parameters.string("scope").equals("Namespace");
    if (namespaced && !parameters.has("namespace")) {
      errors.required(path.child("namespace"), "`parameters.scope` is set to 'Namespace'");
    }
    if (parameters.string("scope").equals("Cluster") && parameters.has("namespace")) {
      errors.forbidden(path.child("namespace"), "`parameters.scope` is set to 'Cluster'");
    }
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    String controller = object.string("spec", "controller");
    if (!controller.equals(old.string("spec", "controller"))) {
      errors.invalid(SPEC.child("controller"), controller, Formats.IMMUTABLE);
    }
    validate(object, errors);
  }
}
