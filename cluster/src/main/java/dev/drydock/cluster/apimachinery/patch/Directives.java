package dev.drydock.cluster.apimachinery.patch;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What becomes of the objects with a `$patch` directive in a part of a patch for which the object
/// has nothing yet: they are dropped. Other directives stay, and are unknown fields then.
final class Directives {
  private Directives() {}

  /// The value without the objects that carry a directive; null where it does itself.
  static @Nullable Json dropped(Json value) {
    return switch (value) {
      case JsonObject object when object.has(StrategicMergePatch.DIRECTIVE) -> null;
      case JsonObject object -> dropped(object);
      case JsonArray array -> dropped(array);
      default -> value;
    };
  }

  private static JsonObject dropped(JsonObject object) {
    JsonObject.Builder kept = JsonObject.builder();
    object
        .fields()
        .forEach(
            (name, below) -> {
              Json value = dropped(below);
              if (value != null) {
                kept.put(name, value);
              }
            });
    return kept.build();
  }

  static JsonArray dropped(JsonArray array) {
    ImmutableList.Builder<Json> kept = ImmutableList.builder();
    for (Json item : array) {
      Json value = dropped(item);
      if (value != null) {
        kept.add(value);
      }
    }
    return new JsonArray(kept.build());
  }
}
