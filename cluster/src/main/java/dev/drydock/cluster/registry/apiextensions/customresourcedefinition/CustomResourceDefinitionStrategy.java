package dev.drydock.cluster.registry.apiextensions.customresourcedefinition;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The rules of custom resource definitions. Models
/// apiextensions-apiserver/pkg/registry/customresourcedefinition.
public final class CustomResourceDefinitionStrategy implements Strategy {
  /// What one cluster keeps; a real one has no such limit.
  private static final int DEFINITIONS_MAX = 500;

  private static final JsonObject NO_CONVERSION = JsonObject.of("strategy", Json.of("None"));

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
            Defaulting.within(spec, "names", CustomResourceDefinitionStrategy::names)
                .with(
                    "conversion",
                    spec.has("conversion") ? spec.object("conversion") : NO_CONVERSION));
  }

  private static JsonObject names(JsonObject names) {
    String kind = names.string("kind");
    JsonObject named = Defaulting.value(names, "singular", kind.toLowerCase(Locale.ROOT));
    return Defaulting.value(named, "listKind", kind.isEmpty() ? "" : kind + "List");
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    if (context.transaction().store().list(Definitions.RESOURCE, "").count() >= DEFINITIONS_MAX) {
      throw StatusException.forbidden(
          new GroupResourceName(
              "apiextensions.k8s.io", "customresourcedefinitions", ObjectMeta.name(object)),
          "this cluster keeps at most " + DEFINITIONS_MAX + " custom resource definitions");
    }
    JsonObject status =
        JsonObject.builder()
            .put("acceptedNames", JsonObject.builder().put("plural", "").put("kind", "").build())
            .put("conditions", JsonNull.NULL)
            .put("storedVersions", JsonArray.ofStrings(storedVersions(object)))
            .build();
    return ObjectMeta.with(object.with("status", status), "generation", Json.of(1));
  }

  private static List<String> storedVersions(JsonObject object) {
    return Definitions.versions(object).stream()
        .filter(version -> version.bool("storage"))
        .map(version -> version.string("name"))
        .toList();
  }

  /// A version that becomes the one stored is remembered: objects of it stay.
  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared =
        Strategy.withNextGeneration(Strategy.withFieldOf(object, old, "status"), old);
    List<String> stored =
        Stream.concat(
                old.array("status", "storedVersions").strings(), storedVersions(object).stream())
            .distinct()
            .toList();
    return prepared.withAt(JsonArray.ofStrings(stored), "status", "storedVersions");
  }

  /// Its objects go first.
  @Override
  public JsonObject beginDeletion(JsonObject object) {
    JsonObject condition =
        JsonObject.builder()
            .put("type", "Terminating")
            .put("status", "True")
            .put("lastTransitionTime", object.string("metadata", "deletionTimestamp"))
            .put("reason", "InstanceDeletionPending")
            .put(
                "message",
                "CustomResourceDefinition marked for deletion; CustomResource deletion will begin"
                    + " soon")
            .build();
    JsonObject marked =
        object.withAt(object.array("status", "conditions").plus(condition), "status", "conditions");
    return ObjectMeta.with(
        marked, "finalizers", ObjectMeta.finalizers(object).plus(Json.of(Definitions.FINALIZER)));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    DefinitionValidation.validate(object, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    DefinitionValidation.validate(object, errors);
    DefinitionValidation.unchanged(object, old, errors);
  }
}
