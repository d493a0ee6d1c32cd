package dev.drydock.cluster.apimachinery.structural;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.values.NullValue;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values as CEL sees them through a schema: known fields by their escaped names, numbers of the
/// schema's type. Models schema/cel/values.go and escaping.go.
final class CelValues {
  private static final ImmutableSet<String> RESERVED =
      ImmutableSet.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return");

  private CelValues() {}

  static Object of(Optional<StructuralSchema> schema, Json value) {
    return switch (value) {
      case JsonObject object -> map(schema, object);
      case JsonArray array -> list(schema, array);
      case JsonString(String text) -> text;
      case JsonBoolean(boolean flag) -> flag;
      case JsonNull _ -> NullValue.NULL_VALUE;
      case JsonNumber number ->
          schema.filter(s -> s.type().equals("number")).isPresent()
              ? (Object) number.value().doubleValue()
              : number.value();
    };
  }

  private static Map<String, Object> map(Optional<StructuralSchema> schema, JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object
        .fields()
        .forEach(
            (name, value) -> {
              boolean known = schema.filter(s -> s.additionalProperties().isEmpty()).isPresent();
              map.put(known ? escaped(name) : name, of(schema.flatMap(s -> s.field(name)), value));
            });
    return map;
  }

  private static List<Object> list(Optional<StructuralSchema> schema, JsonArray array) {
    List<Object> list = new ArrayList<>();
    array.forEach(item -> list.add(of(schema.flatMap(StructuralSchema::items), item)));
    return list;
  }

  private static String escaped(String name) {
    if (RESERVED.contains(name)) {
      return "__" + name + "__";
    }
    return name.replace("__", "__underscores__")
        .replace(".", "__dot__")
        .replace("-", "__dash__")
        .replace("/", "__slash__");
  }
}
