package dev.drydock.cluster.registry.apiextensions.customresource;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.jsonpath.JsonPath;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.structural.RuleValidation;
import dev.drydock.cluster.apimachinery.structural.SchemaValidation;
import dev.drydock.cluster.apimachinery.structural.StructuralSchema;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.apiextensions.customresourcedefinition.Definitions;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of one custom resource in one version. Models
/// apiextensions-apiserver/pkg/registry/customresource.
final class CustomResourceStrategy implements Strategy {
  private final StructuralSchema schema;
  private final boolean status;
  private final boolean terminating;
  private final Optional<String> deprecation;
  private final ImmutableList<String> selectable;

  CustomResourceStrategy(JsonObject definition, JsonObject version, StructuralSchema schema) {
    this.schema = schema;
    this.status = version.object("subresources").has("status");
    this.terminating = Definitions.is(definition, "Terminating");
    this.deprecation = Definitions.deprecation(definition, version);
    this.selectable =
        version
            .array("selectableFields")
            .objects()
            .map(field -> field.string("jsonPath"))
            .collect(ImmutableList.toImmutableList());
  }

  @Override
  public boolean hasStatus() {
    return status;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public Optional<String> deprecation() {
    return deprecation;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    if (terminating) {
      throw StatusException.of(
          dev.drydock.cluster.apimachinery.errors.StatusReason.METHOD_NOT_ALLOWED,
          "create not allowed while custom resource definition is terminating");
    }
    JsonObject prepared = status ? object.without("status") : object;
    return ObjectMeta.with(prepared, "generation", Json.of(1));
  }

  /// Without the status subresource the status is a field like others, and counts as a change.
  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared = status ? Strategy.withFieldOf(object, old, "status") : object;
    boolean changed = !content(prepared).equals(content(old));
    long generation = old.integer(1, "metadata", "generation") + (changed ? 1 : 0);
    return ObjectMeta.with(prepared, "generation", Json.of(generation));
  }

  private JsonObject content(JsonObject object) {
    JsonObject content = object.without("metadata").without("apiVersion");
    return status ? content.without("status") : content;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    check(object, null, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    check(object, old, errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    check(object, old, errors);
  }

  /// Rules are asked only about what the schema accepts otherwise.
  private void check(JsonObject object, @Nullable JsonObject old, FieldErrors errors) {
    int before = errors.size();
    SchemaValidation.validate(schema, object, errors);
    if (errors.size() == before) {
      RuleValidation.validate(schema, object, old, errors);
    }
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    for (String path : selectable) {
      fields.put(path.replaceFirst("^\\.", ""), value(object, path));
    }
    return fields.buildKeepingLast();
  }

  private static String value(JsonObject object, String path) {
    try {
      List<Json> found = JsonPath.parse(path).find(object);
      return found.isEmpty() ? "" : JsonPath.print(found.getFirst());
    } catch (JsonPath.Malformed e) {
      return "";
    }
  }
}
