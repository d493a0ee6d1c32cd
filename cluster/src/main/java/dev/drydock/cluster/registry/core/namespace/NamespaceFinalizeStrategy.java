package dev.drydock.cluster.registry.core.namespace;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of the subresource `namespaces/finalize`: it changes `spec.finalizers` and nothing
/// else.
public final class NamespaceFinalizeStrategy extends NamespaceStrategy {

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    return Strategy.withFieldOf(old.with("metadata", object.object("metadata")), object, "spec");
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
  }

  /// Whether the namespace may go now.
  public boolean isFinalized(JsonObject object) {
    return ObjectMeta.isBeingDeleted(object) && !awaitsFinalizers(object);
  }
}
