package dev.drydock.cluster.apimachinery.validation;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;

/// Visits the elements of an array with their paths.
public final class Elements {
  private Elements() {}

  /// What is done with an element that is an object.
  @FunctionalInterface
  public interface ObjectCheck {
    void check(JsonObject element, FieldPath path);
  }

  /// What is done with an element that is a string.
  @FunctionalInterface
  public interface StringCheck {
    void check(String element, FieldPath path);
  }

  public static void each(JsonArray array, FieldPath path, ObjectCheck check) {
    int index = 0;
    for (Json element : array) {
      check.check(
          element instanceof JsonObject object ? object : JsonObject.EMPTY, path.index(index));
      index++;
    }
  }

  public static void eachString(JsonArray array, FieldPath path, StringCheck check) {
    int index = 0;
    for (Json element : array) {
      check.check(element instanceof JsonString(String text) ? text : "", path.index(index));
      index++;
    }
  }
}
