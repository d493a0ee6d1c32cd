package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Locale;

/// Objects as the API server prints its internal types in errors: with Go's field names, and null
/// for what is absent.
public final class GoStruct {
  private GoStruct() {}

  /// The object with the given fields, in the order of the Go type.
  public static JsonObject of(JsonObject object, String... fields) {
    JsonObject.Builder struct = JsonObject.builder();
    for (String field : fields) {
      Json value = object.get(field);
      struct.put(goName(field), value == null ? JsonNull.NULL : of(value));
    }
    return struct.build();
  }

  private static Json of(Json value) {
    return switch (value) {
      case JsonObject object -> {
        JsonObject.Builder struct = JsonObject.builder();
        object.fields().forEach((name, field) -> struct.put(goName(name), of(field)));
        yield struct.build();
      }
      case JsonArray array -> array.map(GoStruct::of);
      default -> value;
    };
  }

  static String goName(String field) {
    return switch (field) {
      case "seLinuxOptions" -> "SELinuxOptions";
      case "dnsPolicy" -> "DNSPolicy";
      case "dnsConfig" -> "DNSConfig";
      case "os" -> "OS";
      case "apiGroup" -> "APIGroup";
      case "tty" -> "TTY";
      case "ip", "id" -> field.toUpperCase(Locale.ROOT);
      default -> field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    };
  }
}
