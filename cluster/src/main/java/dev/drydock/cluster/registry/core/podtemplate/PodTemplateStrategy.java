package dev.drydock.cluster.registry.core.podtemplate;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.core.pod.PodTemplateValidation;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of pod templates that stand alone. Models pkg/registry/core/podtemplate.
public final class PodTemplateStrategy implements Strategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return PodDefaults.template(object, "template");
  }

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    PodTemplateValidation.validate(object.object("template"), FieldPath.of("template"), errors);
  }
}
