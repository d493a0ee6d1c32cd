package dev.drydock.grader.apply;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import java.util.Map;

/// The fields that were applied last time and are gone now; a patch sets them to null.
final class Removals {
  private Removals() {}

  /// The patch with a null for each field of the last applied configuration that is no longer
  /// wanted.
  static JsonObject between(String lastApplied, JsonObject wanted, JsonObject patch) {
    try {
      return JsonParser.parse(lastApplied.isEmpty() ? "{}" : lastApplied) instanceof JsonObject last
          ? add(last, wanted, patch)
          : patch;
    } catch (JsonSyntaxException e) {
      return patch;
    }
  }

  private static JsonObject add(JsonObject last, JsonObject wanted, JsonObject patch) {
    JsonObject result = patch;
    for (Map.Entry<String, Json> field : last.fields().entrySet()) {
      String name = field.getKey();
      Json now = wanted.get(name);
      if (now == null) {
        result = result.has(name) ? result : result.with(name, JsonNull.NULL);
      } else if (field.getValue() instanceof JsonObject before && now instanceof JsonObject after) {
        result = result.withObject(name, below -> add(before, after, below));
      }
    }
    return result;
  }
}
