package dev.drydock.cluster.registry.networking.ingress;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of ingresses. Models pkg/registry/networking/ingress.
public final class IngressStrategy implements Strategy {
  private static final String CLASS_ANNOTATION = "kubernetes.io/ingress.class";

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return Strategy.super
        .prepareForCreate(object, context)
        .with("status", JsonObject.of("loadBalancer", JsonObject.EMPTY));
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    IngressValidation.validate(object.object("spec"), errors);
    String annotation = ObjectMeta.annotations(object).get(CLASS_ANNOTATION);
    JsonObject spec = object.object("spec");
    if (annotation != null
        && spec.has("ingressClassName")
        && !annotation.equals(spec.string("ingressClassName"))) {
      errors.invalid(
          FieldPath.of("annotations").child(CLASS_ANNOTATION),
          annotation,
          "must match `ingressClassName` when both are specified");
    }
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    IngressValidation.validate(object.object("spec"), errors);
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    return ObjectMeta.annotations(object).containsKey(CLASS_ANNOTATION)
        ? ImmutableList.of(
            "annotation \"kubernetes.io/ingress.class\" is deprecated, please use"
                + " 'spec.ingressClassName' instead")
        : ImmutableList.of();
  }
}
