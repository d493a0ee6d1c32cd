package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import org.jspecify.annotations.Nullable;

/// Which zero values Go writes. A list or map that Go would write as null is left out.
final class GoZeroValues {
  private GoZeroValues() {}

  /// Whether a given value is zero and not worth writing.
  static boolean isLeftOut(FieldSchema field, Json value) {
    return !field.pointer() && !field.always() && !field.byValue() && isZero(field.type(), value);
  }

  private static boolean isZero(TypeSchema type, Json value) {
    return switch (type) {
      case ObjectType _ -> false;
      case ListType _, MapType _ ->
          value instanceof JsonArray array && array.isEmpty()
              || value instanceof JsonObject object && object.isEmpty();
      case Scalar scalar -> scalar != Scalar.ANY && scalar != Scalar.INT_OR_STRING && isZero(value);
    };
  }

  private static boolean isZero(Json value) {
    return switch (value) {
      case JsonString(String text) -> text.isEmpty();
      case JsonNumber(Number number) -> number.doubleValue() == 0;
      case JsonBoolean(boolean bool) -> !bool;
      case JsonNull _ -> true;
      case JsonArray _, JsonObject _ -> false;
    };
  }

  /// Adds the fields that are written though nothing was given for them.
  static void fillIn(ObjectType type, JsonObject given, JsonObject.Builder into) {
    for (FieldSchema field : type.writtenFields()) {
      if (!given.has(field.name()) || given.get(field.name()) instanceof JsonNull) {
        Json zero = field.pointer() ? null : filledIn(field);
        if (zero != null) {
          into.put(field.name(), zero);
        }
      }
    }
  }

  private static @Nullable Json filledIn(FieldSchema field) {
    return switch (field.type()) {
      case ListType _, MapType _ -> null;
      case Scalar scalar ->
          switch (scalar) {
            case TIME, MICRO_TIME, ANY, BYTES -> null;
            case STRING, INT32, INT64, DOUBLE, BOOL, QUANTITY, INT_OR_STRING -> zero(scalar);
          };
      case ObjectType object -> field.byValue() ? zero(object) : null;
    };
  }

  /// The zero value of a type, which stands where a list's item or a map's value is null.
  static Json zero(TypeSchema type) {
    return switch (type) {
      case ObjectType object -> {
        JsonObject.Builder fields = JsonObject.builder();
        fillIn(object, JsonObject.EMPTY, fields);
        yield fields.build();
      }
      case ListType _ -> JsonArray.EMPTY;
      case MapType _ -> JsonObject.EMPTY;
      case Scalar scalar ->
          switch (scalar) {
            case STRING, BYTES -> new JsonString("");
            case INT32, INT64, INT_OR_STRING -> new JsonNumber(0);
            case DOUBLE -> new JsonNumber((Number) 0.0);
            case BOOL -> JsonBoolean.FALSE;
            case QUANTITY -> new JsonString("0");
            case TIME, MICRO_TIME, ANY -> JsonNull.NULL;
          };
    };
  }
}
