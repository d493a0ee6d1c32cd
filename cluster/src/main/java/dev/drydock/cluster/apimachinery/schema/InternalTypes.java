package dev.drydock.cluster.apimachinery.schema;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Objects as the API server writes its internal types in error messages: Go's field names in Go's
/// order, null for what is absent, zero values for the rest.
///
/// Models what encoding/json makes of pkg/apis/core/types.go and its neighbours, which have no JSON
/// tags.
public final class InternalTypes {
  private static final ImmutableMap<String, Type> TYPES = read();

  private InternalTypes() {}

  /// @param tagged whether Go's type has JSON tags, so that it looks as on the wire
  private record Type(boolean tagged, ImmutableList<Field> fields) {}

  /// @param embedded whether the fields of the field's own value stand in its place
  private record Field(String goName, String jsonName, String type, boolean embedded) {}

  private static ImmutableMap<String, Type> read() {
    String text =
        new String(SchemaResource.bytes("internal-types-1.36.txt"), StandardCharsets.UTF_8);
    ImmutableMap.Builder<String, Type> types = ImmutableMap.builder();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" "))
        .forEach(
            words -> {
              boolean tagged = words[0].startsWith("@");
              types.put(tagged ? words[0].substring(1) : words[0], type(tagged, words));
            });
    return types.buildOrThrow();
  }

  private static Type type(boolean tagged, String[] words) {
    ImmutableList.Builder<Field> fields = ImmutableList.builder();
    for (int i = 1; i < words.length; i++) {
      boolean embedded = words[i].startsWith("^");
      String[] parts = (embedded ? words[i].substring(1) : words[i]).split(":");
      String[] names = parts[0].split("=");
      String json = names.length > 1 ? names[1] : lowerFirst(names[0]);
      fields.add(new Field(names[0], json, parts.length > 1 ? parts[1] : "", embedded));
    }
    return new Type(tagged, fields.build());
  }

  private static String lowerFirst(String name) {
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  /// An object of a type, as `PodSpec`.
  public static JsonObject of(String type, JsonObject object) {
    return struct(type, object) instanceof JsonObject struct ? struct : object;
  }

  private static Json struct(String name, JsonObject object) {
    Type type = TYPES.get(name);
    if (type == null) {
      return sorted(object);
    }
    JsonObject.Builder struct = JsonObject.builder();
    for (Field field : type.fields()) {
      Json value = valueOf(name, field, object);
      if (field.embedded()) {
        JsonObject embedded = value instanceof JsonObject found ? found : JsonObject.EMPTY;
        of(field.type(), embedded).fields().forEach(struct::put);
      } else if (!type.tagged()) {
        struct.put(field.goName(), value(field.type(), value));
      } else if (value != null) {
        struct.put(field.jsonName(), value(field.type(), value));
      }
    }
    return struct.build();
  }

  /// The host's namespaces belong to the security context in the internal type, and to the pod on
  /// the wire.
  private static @Nullable Json valueOf(String type, Field field, JsonObject object) {
    if (type.equals("PodSpec") && field.goName().equals("SecurityContext")) {
      JsonObject context = object.object("securityContext");
      for (String moved :
          new String[] {
            "hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers"
          }) {
        Json value = object.get(moved);
        context = value == null ? context : context.with(moved, value);
      }
      return context;
    }
    return object.get(field.jsonName());
  }

  private static Json value(String type, @Nullable Json value) {
    if (type.startsWith("*")) {
      return value == null ? JsonNull.NULL : value(type.substring(1), value);
    }
    if (type.startsWith("[]")) {
      return value instanceof JsonArray array
          ? array.map(item -> value(type.substring(2), item))
          : JsonNull.NULL;
    }
    if (value == null) {
      return zero(type);
    }
    return value instanceof JsonObject object ? struct(type, object) : value;
  }

  private static Json zero(String type) {
    return switch (type) {
      case "s" -> new JsonString("");
      case "i", "p" -> Json.of(0);
      case "b" -> Json.of(false);
      case "q" -> new JsonString("0");
      case "m", "t", "" -> JsonNull.NULL;
      default -> struct(type, JsonObject.EMPTY);
    };
  }

  private static Json sorted(JsonObject map) {
    Map<String, Json> sorted = new TreeMap<>(map.fields());
    return JsonObject.copyOf(sorted);
  }
}
