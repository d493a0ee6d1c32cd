package dev.drydock.cluster.controller.deployment;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/// The `pod-template-hash` of a pod template: short, and the same for the same template.
///
/// Models ComputeHash of pkg/controller: FNV-1a over the template and the count of collisions, in
/// the alphabet of generated names. The template is written as JSON with sorted fields, where
/// upstream dumps its Go structure, so the numbers are not upstream's.
public final class TemplateHash {
  static final String LABEL = "pod-template-hash";
  private static final int OFFSET_BASIS = 0x811C9DC5;
  private static final int PRIME = 0x01000193;

  private TemplateHash() {}

  /// @param collisions how often the hash has met another template of the same hash
  public static String of(JsonObject template, long collisions) {
    String text = JsonWriter.string(sorted(template)) + (collisions > 0 ? collisions : "");
    int hash = OFFSET_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * PRIME;
    }
    return GeneratedNames.safe(Integer.toUnsignedString(hash));
  }

  private static Json sorted(Json value) {
    return switch (value) {
      case JsonObject object -> {
        TreeMap<String, Json> fields = new TreeMap<>();
        object.fields().forEach((name, field) -> fields.put(name, sorted(field)));
        yield JsonObject.copyOf(fields);
      }
      case JsonArray array -> array.map(TemplateHash::sorted);
      default -> value;
    };
  }
}
