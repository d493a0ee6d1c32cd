package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.function.UnaryOperator;

/// Small changes of trees that defaulting is made of. What is already there, and not Go's zero
/// value, stays.
public final class Defaulting {
  private Defaulting() {}

  /// Sets a field that is absent or the empty string.
  public static JsonObject value(JsonObject object, String field, Json otherwise) {
    Json value = object.get(field);
    boolean missing = value == null || value instanceof JsonString(String s) && s.isEmpty();
    return missing ? object.with(field, otherwise) : object;
  }

  public static JsonObject value(JsonObject object, String field, String otherwise) {
    return value(object, field, Json.of(otherwise));
  }

  /// Sets a field that is absent, whatever its type; an empty string stays.
  public static JsonObject pointer(JsonObject object, String field, Json otherwise) {
    return object.has(field) ? object : object.with(field, otherwise);
  }

  /// Sets a number that is absent or 0.
  public static JsonObject number(JsonObject object, String field, long otherwise) {
    return object.integer(0, field) == 0 ? object.with(field, Json.of(otherwise)) : object;
  }

  /// Changes the object below a field, if there is one.
  public static JsonObject within(
      JsonObject object, String field, UnaryOperator<JsonObject> change) {
    return object.get(field) instanceof JsonObject child
        ? object.with(field, change.apply(child))
        : object;
  }

  /// Changes each object in the array below a field, if there is one.
  public static JsonObject each(JsonObject object, String field, UnaryOperator<JsonObject> change) {
    return object.get(field) instanceof JsonArray array
        ? object.with(
            field, array.map(item -> item instanceof JsonObject one ? change.apply(one) : item))
        : object;
  }

  /// The fields of one object with those of another that it does not have.
  public static JsonObject union(JsonObject object, JsonObject defaults) {
    JsonObject.Builder union = object.toBuilder();
    defaults.fields().forEach((name, value) -> putIfAbsent(union, object, name, value));
    return object.fields().keySet().containsAll(defaults.fields().keySet())
        ? object
        : union.build();
  }

  private static void putIfAbsent(
      JsonObject.Builder union, JsonObject object, String name, Json value) {
    if (!object.has(name)) {
      union.put(name, value);
    }
  }
}
