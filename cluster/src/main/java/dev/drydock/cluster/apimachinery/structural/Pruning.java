package dev.drydock.cluster.apimachinery.structural;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Drops the fields that a schema does not know, and tells which they were. Models
/// apiextensions-apiserver/pkg/apiserver/schema/pruning.
public final class Pruning {
  private static final ImmutableSet<String> OF_EVERY_RESOURCE =
      ImmutableSet.of("apiVersion", "kind", "metadata");

  private final Set<String> dropped;

  private Pruning(Set<String> dropped) {
    this.dropped = dropped;
  }

  /// @param dropped takes the paths of what is dropped
  public static JsonObject prune(StructuralSchema schema, JsonObject object, Set<String> dropped) {
    return new Pruning(dropped).object(schema, object, "", true);
  }

  private JsonObject object(
      StructuralSchema schema, JsonObject object, String path, boolean resource) {
    JsonObject.Builder kept = JsonObject.builder();
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      String name = field.getKey();
      String below = path.isEmpty() ? name : path + "." + name;
      Optional<StructuralSchema> known = schema.field(name);
      if (resource && OF_EVERY_RESOURCE.contains(name)) {
        kept.put(name, field.getValue());
      } else if (known.isPresent()) {
        kept.put(name, value(known.get(), field.getValue(), below));
      } else if (schema.preservesUnknownFields()) {
        kept.put(name, field.getValue());
      } else {
        dropped.add(below);
      }
    }
    return kept.build();
  }

  private Json value(StructuralSchema schema, Json value, String path) {
    return switch (value) {
      case JsonObject object -> object(schema, object, path, schema.isEmbeddedResource());
      case JsonArray array -> array(schema, array, path);
      default -> value;
    };
  }

  private JsonArray array(StructuralSchema schema, JsonArray array, String path) {
    Optional<StructuralSchema> items = schema.items();
    if (items.isEmpty()) {
      return array;
    }
    java.util.List<Json> kept = new java.util.ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      kept.add(value(items.get(), array.get(i), path + "[" + i + "]"));
    }
    return JsonArray.copyOf(kept);
  }
}
