package dev.drydock.cluster.apimachinery.cel;

import dev.cel.common.values.NullValue;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// JSON as CEL values and CEL values as words.
public final class Values {
  private Values() {}

  /// Maps, lists, strings, longs, doubles, booleans and CEL's null.
  public static Object of(Json json) {
    return switch (json) {
      case JsonObject object -> map(object);
      case JsonArray array -> {
        List<Object> list = new ArrayList<>(array.size());
        array.forEach(item -> list.add(of(item)));
        yield list;
      }
      case JsonString(String value) -> value;
      case JsonNumber(Number value) -> value;
      case JsonBoolean(boolean value) -> value;
      case JsonNull _ -> NullValue.NULL_VALUE;
    };
  }

  public static Map<String, Object> map(JsonObject object) {
    Map<String, Object> map = new LinkedHashMap<>();
    object.fields().forEach((name, value) -> map.put(name, of(value)));
    return map;
  }

  /// What a person reads in place of the value: text as it is, the rest as JSON.
  public static String words(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case String string -> string;
      case Optional<?> optional -> words(optional.orElse(null));
      case Map<?, ?> _, List<?> _ -> JsonWriter.string(json(value));
      case NullValue _ -> "null";
      default -> value.toString();
    };
  }

  /// What a person reads in place of the value.
  public static String words(Json json) {
    return words(of(json));
  }

  private static Json json(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        JsonObject.Builder object = JsonObject.builder();
        map.forEach((name, item) -> object.put(String.valueOf(name), json(item)));
        yield object.build();
      }
      case List<?> list -> JsonArray.copyOf(list.stream().map(Values::json).toList());
      case Long number -> Json.of(number);
      case Double number -> new JsonNumber((Number) number);
      case Boolean bool -> Json.of(bool);
      case NullValue _ -> JsonNull.NULL;
      case null -> JsonNull.NULL;
      default -> Json.of(words(value));
    };
  }
}
