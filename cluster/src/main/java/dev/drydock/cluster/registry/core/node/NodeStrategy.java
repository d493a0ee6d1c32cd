package dev.drydock.cluster.registry.core.node;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of nodes. Models pkg/registry/core/node/strategy.go.
public final class NodeStrategy implements Strategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    JsonObject set =
        Defaulting.within(
            object,
            "status",
            status ->
                status.has("capacity")
                    ? Defaulting.pointer(status, "allocatable", status.object("capacity"))
                    : status);
    return Defaulting.within(
        Defaulting.pointer(set, "spec", JsonObject.EMPTY), "spec", NodeStrategy::podRanges);
  }

  /// The old field for one range and the new one for several say the same.
  private static JsonObject podRanges(JsonObject spec) {
    String one = spec.string("podCIDR");
    JsonArray several = spec.array("podCIDRs");
    if (several.isEmpty()) {
      return one.isEmpty()
          ? spec
          : spec.with("podCIDRs", JsonArray.ofStrings(java.util.List.of(one)));
    }
    return Defaulting.value(spec, "podCIDR", several.get(0));
  }

  /// A node registers itself with its status.
  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return object;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    NodeValidation.validate(object, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    NodeValidation.validateUpdate(object, old, errors);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of(
        "spec.unschedulable", String.valueOf(object.bool("spec", "unschedulable")));
  }
}
