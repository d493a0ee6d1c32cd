package dev.drydock.cluster.registry.core.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of services. Models pkg/registry/core/service.
public final class ServiceStrategy implements Strategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", ServiceDefaults::spec);
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject fresh = object.with("status", JsonObject.of("loadBalancer", JsonObject.EMPTY));
    return new ServiceAllocation(context).allocated(fresh, fresh.object("spec"));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    ServiceValidation.validate(object, errors);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old, StrategyContext context) {
    JsonObject prepared = prepareForUpdate(object, old);
    JsonObject spec = ServiceUpdates.patched(prepared.object("spec"), old.object("spec"));
    return new ServiceAllocation(context).allocated(prepared, applyUpdateDefaults(spec));
  }

  private static JsonObject applyUpdateDefaults(JsonObject spec) {
    return Services.isType(spec, "ExternalName") ? spec : ServiceDefaults.spec(spec);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    ServiceUpdates.validate(object.object("spec"), old.object("spec"), errors);
    validate(object, errors);
  }

  @Override
  public ImmutableList<String> validateName(String name) {
    return Names.dns1123Label(name);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of(
        "spec.clusterIP", object.string("spec", "clusterIP"),
        "spec.type", object.string("spec", "type"));
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    return ServiceWarnings.of(object);
  }
}
