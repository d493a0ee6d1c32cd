package dev.drydock.cluster.apimachinery.patch;

import static java.util.stream.Collectors.joining;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.Map;

/// Values as Go's `%v` prints them: `map[a:1 b:[x y]]`.
public final class GoFormat {
  private GoFormat() {}

  public static String of(Json value) {
    return switch (value) {
      case JsonObject object ->
          object.fields().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(field -> field.getKey() + ":" + of(field.getValue()))
              .collect(joining(" ", "map[", "]"));
      case JsonArray array ->
          array.items().stream().map(GoFormat::of).collect(joining(" ", "[", "]"));
      case JsonString(String text) -> text;
      case JsonNumber(Number number) -> number.toString();
      case JsonBoolean(boolean bool) -> Boolean.toString(bool);
      case JsonNull _ -> "<nil>";
    };
  }

  /// The Go type of a decoded value.
  static String typeOf(Json value) {
    return switch (value) {
      case JsonObject _ -> "map[string]interface {}";
      case JsonArray _ -> "[]interface {}";
      case JsonString _ -> "string";
      case JsonNumber number -> number.isInteger() ? "int64" : "float64";
      case JsonBoolean _ -> "bool";
      case JsonNull _ -> "nil";
    };
  }
}
