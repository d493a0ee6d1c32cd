package dev.drydock.cluster.apimachinery.managedfields;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// The annotation of client-side apply, by which an object moves over to server-side apply without
/// conflicts with its own past. Models managedfields' lastappliedmanager and lastappliedupdater.
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private final Set<String> fields = new HashSet<>();

  LastApplied(Shape shape, JsonObject live) {
    try {
      Json config = JsonParser.parse(live.string("metadata", "annotations", ANNOTATION));
      FieldWalks.fields(shape, config).forEach((path, _) -> fields.add(Conflict.path(path)));
    } catch (JsonSyntaxException e) {
      // Without the annotation, or with one that is no configuration, nothing is allowed.
      fields.clear();
    }
  }

  /// Whether all conflicts are over what client-side apply had applied.
  boolean allows(List<Conflict> conflicts) {
    return conflicts.stream().allMatch(conflict -> fields.contains(conflict.field()));
  }

  /// The object with the annotation renewed, if it has one.
  static JsonObject renewed(JsonObject object, JsonObject applied) {
    if (object.at("metadata", "annotations", ANNOTATION) == null) {
      return object;
    }
    JsonObject config =
        applied.withObject("metadata", metadata -> metadata.without("managedFields"));
    return object.withAt(
        Json.of(JsonWriter.string(sorted(config)) + "\n"), "metadata", "annotations", ANNOTATION);
  }

  private static Json sorted(Json value) {
    return switch (value) {
      case JsonObject object -> {
        TreeMap<String, Json> fields = new TreeMap<>();
        object.fields().forEach((name, below) -> fields.put(name, sorted(below)));
        yield JsonObject.copyOf(fields);
      }
      case JsonArray array -> array.map(LastApplied::sorted);
      default -> value;
    };
  }
}
