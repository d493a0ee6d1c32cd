package dev.drydock.cluster.registry.core.namespace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of namespaces: one goes only when its `spec.finalizers` are gone, which the namespace
/// controller removes once everything in it is deleted.
///
/// Models pkg/registry/core/namespace.
public final class NamespaceStrategy implements Strategy {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";
  private static final String FINALIZER = "kubernetes";

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    String name = ObjectMeta.name(object);
    return name.isEmpty() ? object : object.withAt(Json.of(name), "metadata", "labels", NAME_LABEL);
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonArray finalizers = object.array("spec", "finalizers");
    if (finalizers.strings().noneMatch(FINALIZER::equals)) {
      finalizers = finalizers.plus(Json.of(FINALIZER));
    }
    return object
        .withAt(finalizers, "spec", "finalizers")
        .with("status", JsonObject.of("phase", Json.of("Active")));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    FieldPath path = FieldPath.of("spec").child("finalizers");
    object
        .array("spec", "finalizers")
        .strings()
        .forEach(finalizer -> validateFinalizer(finalizer, path, errors));
  }

  private static void validateFinalizer(String finalizer, FieldPath path, FieldErrors errors) {
    ImmutableList<String> wrong = Names.qualifiedName(finalizer);
    if (!wrong.isEmpty()) {
      wrong.forEach(message -> errors.invalid(path, finalizer, message));
    } else if (!finalizer.contains("/") && !finalizer.equals(FINALIZER)) {
      errors.invalid(
          path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
    }
  }

  @Override
  public JsonObject canonicalize(JsonObject object, StrategyContext context) {
    return applyDefaults(object);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared = Strategy.super.prepareForUpdate(object, old);
    return Strategy.withFieldOf(prepared, old, "spec");
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {}

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    String phase = object.string("status", "phase");
    boolean deleted = ObjectMeta.isBeingDeleted(object);
    FieldPath path = FieldPath.of("status").child("Phase");
    if (deleted && !phase.equals("Terminating")) {
      errors.invalid(path, phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
    } else if (!deleted && !phase.equals("Active")) {
      errors.invalid(path, phase, "may only be 'Active' if `deletionTimestamp` is empty");
    }
  }

  @Override
  public ImmutableList<String> validateName(String name) {
    return Names.dns1123Label(name);
  }

  @Override
  public JsonObject beginDeletion(JsonObject object) {
    return object.withAt(Json.of("Terminating"), "status", "phase");
  }

  @Override
  public boolean awaitsFinalizers(JsonObject object) {
    return !object.array("spec", "finalizers").isEmpty()
        || !ObjectMeta.finalizers(object).isEmpty();
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of(
        "status.phase", object.string("status", "phase"), "name", ObjectMeta.name(object));
  }
}
