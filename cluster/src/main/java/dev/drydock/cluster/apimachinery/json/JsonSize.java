package dev.drydock.cluster.apimachinery.json;

import java.util.Map;

/// About how many bytes a value has as JSON text: quick to tell, and near enough for limits.
public final class JsonSize {
  private static final int SCALAR = 6;
  private static final int PUNCTUATION = 4;

  private JsonSize() {}

  public static long of(Json value) {
    return switch (value) {
      case JsonObject object -> object(object);
      case JsonArray array -> {
        long size = PUNCTUATION;
        for (Json item : array) {
          size += 1 + of(item);
        }
        yield size;
      }
      case JsonString(String text) -> text.length() + PUNCTUATION;
      case JsonNumber _, JsonBoolean _, JsonNull _ -> SCALAR;
    };
  }

  private static long object(JsonObject object) {
    long size = PUNCTUATION;
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      size += field.getKey().length() + PUNCTUATION + of(field.getValue());
    }
    return size;
  }
}
