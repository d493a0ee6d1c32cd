package dev.drydock.cluster.apimachinery.patch;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Map;

/// Merge patch, RFC 7386: objects merge, null removes, everything else replaces. Models
/// evanphx/json-patch.
public final class MergePatch {
  private MergePatch() {}

  public static JsonObject apply(JsonObject target, JsonObject patch) {
    JsonObject.Builder merged = target.toBuilder();
    for (Map.Entry<String, Json> field : patch.fields().entrySet()) {
      String name = field.getKey();
      switch (field.getValue()) {
        case JsonNull _ -> merged.remove(name);
        case JsonObject below when target.get(name) instanceof JsonObject old ->
            merged.put(name, apply(old, below));
        case Json value -> merged.put(name, withoutNulls(value));
      }
    }
    return merged.build();
  }

  /// A value without the fields that are null, at any depth.
  static Json withoutNulls(Json value) {
    return switch (value) {
      case JsonObject object -> apply(JsonObject.EMPTY, object);
      case JsonArray array -> array.map(MergePatch::withoutNulls);
      default -> value;
    };
  }
}
