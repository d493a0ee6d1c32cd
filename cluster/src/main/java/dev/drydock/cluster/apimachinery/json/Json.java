package dev.drydock.cluster.apimachinery.json;

/// A JSON value: an immutable tree. Changing one returns a new root that shares every untouched
/// branch.
///
/// Objects keep the order in which their fields were written; equality ignores it, as JSON does.
public sealed interface Json
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /// The name Go's encoding/json uses for this kind of value in its error messages.
  default String goKind() {
    return switch (this) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case JsonString _ -> "string";
      case JsonNumber _ -> "number";
      case JsonBoolean _ -> "bool";
      case JsonNull _ -> "null";
    };
  }

  static Json of(String value) {
    return new JsonString(value);
  }

  static Json of(long value) {
    return new JsonNumber(value);
  }

  static Json of(boolean value) {
    return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
  }
}
