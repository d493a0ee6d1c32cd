package dev.drydock.cluster.registry.core.limitrange;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of limit ranges. Models pkg/registry/core/limitrange.
public final class LimitRangeStrategy implements Strategy {

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(
        object, "spec", spec -> Defaulting.each(spec, "limits", LimitRangeStrategy::limit));
  }

  /// What a container gets follows from what it may have at most, and at least.
  private static JsonObject limit(JsonObject given) {
    JsonObject limit = given;
    for (String field :
        new String[] {"max", "min", "default", "defaultRequest", "maxLimitRequestRatio"}) {
      limit = Defaulting.within(limit, field, Quantities::canonical);
    }
    if (!limit.string("type").equals("Container")) {
      return limit;
    }
    JsonObject limits = Defaulting.union(limit.object("default"), limit.object("max"));
    JsonObject requests =
        Defaulting.union(
            Defaulting.union(limit.object("defaultRequest"), limits), limit.object("min"));
    limit = limits.isEmpty() ? limit : limit.with("default", limits);
    return requests.isEmpty() ? limit : limit.with("defaultRequest", requests);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    LimitRangeValidation.validate(object.array("spec", "limits"), errors);
  }
}
