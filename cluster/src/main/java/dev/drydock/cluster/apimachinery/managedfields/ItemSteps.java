package dev.drydock.cluster.apimachinery.managedfields;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Items;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// Names the items of a list by their keys or their value.
final class ItemSteps {
  /// The one key field that has a default; ports may leave it out.
  private static final ImmutableMap<String, Json> DEFAULTS =
      ImmutableMap.of("protocol", Json.of("TCP"));

  private ItemSteps() {}

  static String of(Items shape, Json item) {
    if (shape.keys().isEmpty() || !(item instanceof JsonObject object)) {
      return "v:" + JsonWriter.string(item);
    }
    JsonObject.Builder keys = JsonObject.builder();
    for (String key : new TreeSet<>(shape.keys())) {
      Json value = object.has(key) ? object.get(key) : DEFAULTS.get(key);
      if (value != null) {
        keys.put(key, value);
      }
    }
    return "k:" + JsonWriter.string(keys.build());
  }

  /// The first key field that an item leaves out and that has no default; empty where there is
  /// none.
  static String missingKey(Items shape, Json item) {
    return shape.keys().stream()
        .filter(key -> item instanceof JsonObject object && !object.has(key))
        .filter(key -> !DEFAULTS.containsKey(key))
        .findFirst()
        .orElse("");
  }

  /// The items by their steps, in order; the last of two with the same step.
  static Map<String, Json> index(Items shape, JsonArray items) {
    Map<String, Json> index = new LinkedHashMap<>();
    items.forEach(item -> index.put(of(shape, item), item));
    return index;
  }
}
