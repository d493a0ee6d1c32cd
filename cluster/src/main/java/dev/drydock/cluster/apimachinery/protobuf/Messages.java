package dev.drydock.cluster.apimachinery.protobuf;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.schema.SchemaResource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The messages' fields by number, as the build took them from the descriptors. Loaded once, on
/// first use.
final class Messages {

  /// @param name the JSON name; empty for a Go struct that is written inline
  /// @param type a type expression: `string`, `[]@k8s.io.api.core.v1.Container`, `{}string`
  record Field(String name, String type) {}

  private static final class Loaded {
    static final JsonObject TABLE = SchemaResource.read("protobuf-1.36.json.gz");
    static final Map<String, ImmutableMap<Integer, Field>> MESSAGES = new ConcurrentHashMap<>();
  }

  private Messages() {}

  /// The protobuf name of an OpenAPI type.
  static String nameOf(String openApiName) {
    return openApiName
        .replace("io.k8s.", "k8s.io.")
        .replace("apiextensions-apiserver", "apiextensions_apiserver");
  }

  /// None where there is no such message.
  static ImmutableMap<Integer, Field> fields(String message) {
    return Loaded.MESSAGES.computeIfAbsent(message, Messages::read);
  }

  private static ImmutableMap<Integer, Field> read(String message) {
    ImmutableMap.Builder<Integer, Field> fields = ImmutableMap.builder();
    for (Json row : Loaded.TABLE.array(message)) {
      JsonArray cells = (JsonArray) row;
      fields.put(
          (int) ((JsonNumber) cells.get(0)).longValue(),
          new Field(((JsonString) cells.get(1)).value(), ((JsonString) cells.get(2)).value()));
    }
    return fields.build();
  }
}
