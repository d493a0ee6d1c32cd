package dev.drydock.cluster.registry.core.resourcequota;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.core.resource.ResourceNames;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of resource quotas. Models pkg/registry/core/resourcequota.
public final class ResourceQuotaStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath STATUS = FieldPath.of("status");

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(
        object, "spec", spec -> Defaulting.within(spec, "hard", Quantities::canonical));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return object.with("status", JsonObject.EMPTY);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    validateAmounts(spec.object("hard"), SPEC.child("hard"), errors);
    QuotaScopes.validate(spec, SPEC, errors);
  }

  private static void validateAmounts(JsonObject amounts, FieldPath path, FieldErrors errors) {
    for (String name : amounts.fields().keySet()) {
      ResourceNames.validateOfQuota(name, path.key(name), errors);
      Quantities.validate(name, Quantities.at(amounts, name), path.key(name), errors);
    }
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    JsonArray scopes = object.array("spec", "scopes");
    if (!set(scopes).equals(set(old.array("spec", "scopes")))) {
      errors.invalid(SPEC.child("scopes"), scopes, "field is immutable");
    }
  }

  private static Set<String> set(JsonArray scopes) {
    return scopes.strings().collect(Collectors.toSet());
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    for (String field : new String[] {"hard", "used"}) {
      validateAmounts(object.object("status", field), STATUS.child(field), errors);
    }
  }
}
