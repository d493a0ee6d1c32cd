package dev.drydock.grader.apply;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.TreeMap;

/// The annotation in which `kubectl apply` remembers what it was given.
///
/// Models kubectl `pkg/util/apply.go`: the configuration as JSON with sorted names and a newline.
final class LastApplied {
  private static final String ANNOTATION = "kubectl.kubernetes.io/last-applied-configuration";

  private LastApplied() {}

  static JsonObject annotate(JsonObject object) {
    JsonObject plain =
        withAnnotations(object, object.object("metadata", "annotations").without(ANNOTATION));
    String text = JsonWriter.string(sorted(plain)) + "\n";
    return withAnnotations(
        plain, plain.object("metadata", "annotations").with(ANNOTATION, new JsonString(text)));
  }

  private static JsonObject withAnnotations(JsonObject object, JsonObject annotations) {
    return object.withObject("metadata", metadata -> metadata.with("annotations", annotations));
  }

  /// The patch that makes the current object the wanted one.
  static JsonObject patch(JsonObject current, JsonObject wanted) {
    String last = current.object("metadata", "annotations").string(ANNOTATION);
    return Removals.between(last, wanted, annotate(wanted));
  }

  private static Json sorted(Json json) {
    return switch (json) {
      case JsonObject object -> {
        TreeMap<String, Json> fields = new TreeMap<>();
        object.fields().forEach((name, value) -> fields.put(name, sorted(value)));
        yield JsonObject.copyOf(fields);
      }
      case JsonArray array -> array.map(LastApplied::sorted);
      case Json leaf -> leaf;
    };
  }
}
