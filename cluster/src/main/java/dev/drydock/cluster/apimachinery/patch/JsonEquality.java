package dev.drydock.cluster.apimachinery.patch;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Equality of JSON values in which 1 is 1.0.
final class JsonEquality {
  private JsonEquality() {}

  static boolean same(Json left, Json right) {
    if (left instanceof JsonNumber(Number a) && right instanceof JsonNumber(Number b)) {
      return a.equals(b) || a.doubleValue() == b.doubleValue();
    }
    if (left instanceof JsonArray a && right instanceof JsonArray b) {
      return a.size() == b.size() && sameItems(a, b);
    }
    if (left instanceof JsonObject a && right instanceof JsonObject b) {
      return a.fields().keySet().equals(b.fields().keySet()) && sameFields(a, b);
    }
    return left.equals(right);
  }

  private static boolean sameItems(JsonArray left, JsonArray right) {
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameFields(JsonObject left, JsonObject right) {
    return left.fields().entrySet().stream()
        .allMatch(
            field -> {
              Json other = right.get(field.getKey());
              return other != null && same(field.getValue(), other);
            });
  }
}
