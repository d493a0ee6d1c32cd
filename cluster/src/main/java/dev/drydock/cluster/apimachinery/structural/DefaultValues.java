package dev.drydock.cluster.apimachinery.structural;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/// Fills in the defaults of a schema. A null counts as absent where the schema does not allow it
/// and has a default. Models apiextensions-apiserver/pkg/apiserver/schema/defaulting.
public final class DefaultValues {
  private DefaultValues() {}

  public static JsonObject fillIn(StructuralSchema schema, JsonObject object) {
    return schema.hasDefaults() ? object(schema, object) : object;
  }

  private static JsonObject object(StructuralSchema schema, JsonObject object) {
    JsonObject.Builder filled = object.toBuilder();
    boolean changed = false;
    for (Map.Entry<String, StructuralSchema> property : schema.properties().entrySet()) {
      Json given = object.get(property.getKey());
      Json otherwise = property.getValue().defaultValue();
      boolean missing =
          given == null || given instanceof JsonNull && !property.getValue().nullable();
      if (missing && otherwise != null) {
        filled.put(property.getKey(), otherwise);
        changed = true;
      }
    }
    JsonObject complete = changed ? filled.build() : object;
    for (Map.Entry<String, Json> field : complete.fields().entrySet()) {
      Optional<StructuralSchema> known = schema.field(field.getKey());
      if (known.isPresent()) {
        complete = complete.with(field.getKey(), value(known.get(), field.getValue()));
      }
    }
    return complete;
  }

  private static Json value(StructuralSchema schema, Json value) {
    if (!schema.hasDefaults()) {
      return value;
    }
    return switch (value) {
      case JsonObject object -> object(schema, object);
      case JsonArray array ->
          schema.items().isPresent() ? array.map(item -> value(schema.items().get(), item)) : array;
      default -> value;
    };
  }
}
