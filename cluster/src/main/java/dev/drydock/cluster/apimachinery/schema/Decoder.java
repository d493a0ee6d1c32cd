package dev.drydock.cluster.apimachinery.schema;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the JSON of a request into an object of a built-in kind, as decoding into Go's types and
/// writing them again does: values are checked, unknown fields and nulls dropped, quantities and
/// times made canonical, zero values left out or filled in as the Go type writes them.
///
/// The first value of a wrong type is reported at the end, but what a quantity or a time itself
/// refuses ends the decoding at once. Models sigs.k8s.io/json.
public final class Decoder {

  /// An object, and what strict validation has against it: `unknown field "spec.x"`, `duplicate
  /// field "spec.y"`.
  public record Decoded(JsonObject object, ImmutableList<String> strictErrors) {}

  /// As many strict errors as upstream collects.
  private static final int STRICT_ERRORS_MAX = 100;

  private final Set<String> duplicates;
  private final Set<String> strictErrors = new LinkedHashSet<>();
  private final List<String> strictPath = new ArrayList<>();
  private final List<String> goPath = new ArrayList<>();
  private @Nullable ObjectType goStruct;
  private @Nullable DecodingException firstTypeError;

  private Decoder(Set<String> duplicates) {
    this.duplicates = duplicates;
  }

  /// Reads and checks a body.
  public static Decoded decode(ObjectType type, byte[] body)
      throws JsonSyntaxException, DecodingException {
    Set<String> duplicates = new LinkedHashSet<>();
    Json tree = JsonParser.parse(body, duplicates::add);
    if (!(tree instanceof JsonObject object)) {
      throw new DecodingException(
          "json: cannot unmarshal " + tree.goKind() + " into Go value of type " + type.goName());
    }
    return decode(type, object, duplicates);
  }

  /// Checks a tree in which no field was given twice.
  public static Decoded decode(ObjectType type, JsonObject tree) throws DecodingException {
    return decode(type, tree, ImmutableSet.of());
  }

  /// @param duplicates the paths of fields that the text gave twice, as {@link JsonParser} tells
  public static Decoded decode(ObjectType type, JsonObject tree, Set<String> duplicates)
      throws DecodingException {
    Decoder decoder = new Decoder(duplicates);
    JsonObject object = decoder.object(type, tree);
    if (decoder.firstTypeError != null) {
      throw decoder.firstTypeError;
    }
    return new Decoded(object, ImmutableList.copyOf(decoder.strictErrors));
  }

  private JsonObject object(ObjectType type, JsonObject tree) throws DecodingException {
    JsonObject.Builder decoded = JsonObject.builder();
    ObjectType enclosing = goStruct;
    for (Map.Entry<String, Json> entry : tree.fields().entrySet()) {
      FieldSchema field = type.field(entry.getKey());
      if (field == null) {
        strictError("unknown", entry.getKey());
        continue;
      }
      if (!duplicates.isEmpty() && duplicates.contains(path(entry.getKey()))) {
        strictError("duplicate", entry.getKey());
      }
      goStruct = type;
      goPath.addLast(field.name());
      strictPath.addLast("." + field.name());
      Json value = value(field.type(), field.goTypeName(), entry.getValue());
      strictPath.removeLast();
      goPath.removeLast();
      goStruct = enclosing;
      if (value != null && !GoZeroValues.isLeftOut(field, value)) {
        decoded.put(field.name(), value);
      }
    }
    GoZeroValues.fillIn(type, tree, decoded);
    return decoded.build();
  }

  /// Null for a value that is null, or of a wrong type.
  private @Nullable Json value(TypeSchema type, String goType, Json value)
      throws DecodingException {
    if (value instanceof JsonNull) {
      return null;
    }
    return switch (type) {
      case ObjectType object ->
          value instanceof JsonObject tree
              ? object(object, tree)
              : wrong(value, goType, "cannot restore struct from: " + reflectKind(value));
      case ListType list ->
          value instanceof JsonArray array
              ? list(list, goType, array)
              : wrong(value, goType, "cannot restore slice from " + reflectKind(value));
      case MapType map ->
          value instanceof JsonObject tree
              ? map(map, goType, tree)
              : wrong(value, goType, "cannot restore map from " + reflectKind(value));
      case Scalar scalar -> scalar(scalar, goType, value);
    };
  }

  private @Nullable Json scalar(Scalar scalar, String goType, Json value) throws DecodingException {
    try {
      return ScalarDecoder.decode(scalar, value);
    } catch (ScalarDecoder.WrongType wrong) {
      String message = unmarshalError(wrong.value(), wrong.goType().orElse(goType));
      DecodingException found = new DecodingException(message, conversion(scalar, goType, value));
      if (wrong.fatal()) {
        throw found;
      }
      remember(found);
      return null;
    } catch (ScalarDecoder.Refused refused) {
      if (refused.fatal()) {
        throw new DecodingException(refused.message());
      }
      remember(new DecodingException(refused.message()));
      return null;
    }
  }

  private Json list(ListType list, String goType, JsonArray array) throws DecodingException {
    String itemType = goType.startsWith("[]") ? goType.substring(2) : list.items().goName();
    ImmutableList.Builder<Json> items = ImmutableList.builder();
    for (int i = 0; i < array.size(); i++) {
      strictPath.addLast("[" + i + "]");
      Json item = value(list.items(), itemType, array.get(i));
      strictPath.removeLast();
      items.add(item == null ? GoZeroValues.zero(list.items()) : item);
    }
    return new JsonArray(items.build());
  }

  private Json map(MapType map, String goType, JsonObject tree) throws DecodingException {
    String valueType =
        goType.startsWith("map[")
            ? goType.substring(goType.indexOf(']') + 1)
            : map.values().goName();
    JsonObject.Builder fields = JsonObject.builder();
    for (Map.Entry<String, Json> entry : tree.fields().entrySet()) {
      if (!duplicates.isEmpty() && duplicates.contains(path(entry.getKey()))) {
        strictError("duplicate", entry.getKey());
      }
      strictPath.addLast("." + entry.getKey());
      Json value = value(map.values(), valueType, entry.getValue());
      strictPath.removeLast();
      fields.put(entry.getKey(), value == null ? GoZeroValues.zero(map.values()) : value);
    }
    return fields.build();
  }

  private @Nullable Json wrong(Json value, String goType, String conversion) {
    remember(new DecodingException(unmarshalError(value.goKind(), goType), conversion));
    return null;
  }

  private void remember(DecodingException found) {
    if (firstTypeError == null) {
      firstTypeError = found;
    }
  }

  /// Go converts a number to text and to other numbers, and nothing else.
  private static String conversion(Scalar scalar, String goType, Json value) {
    boolean convertible =
        switch (scalar) {
          case STRING -> value instanceof JsonNumber number && number.isInteger();
          case INT32, INT64, DOUBLE -> value instanceof JsonNumber;
          default -> false;
        };
    if (convertible) {
      return "cannot convert " + reflectKind(value) + " to " + goType;
    }
    return "unrecognized type: " + scalar.goName();
  }

  /// What Go's reflection calls a value of a tree.
  private static String reflectKind(Json value) {
    return switch (value) {
      case JsonObject _ -> "map";
      case JsonArray _ -> "slice";
      case JsonString _ -> "string";
      case JsonNumber number -> number.isInteger() ? "int64" : "float64";
      case JsonBoolean _ -> "bool";
      case JsonNull _ -> "invalid";
    };
  }

  private String unmarshalError(String value, String goType) {
    String struct = goStruct == null ? "" : goStruct.shortName();
    return "json: cannot unmarshal "
        + value
        + " into Go struct field "
        + struct
        + "."
        + String.join(".", goPath)
        + " of type "
        + goType;
  }

  private void strictError(String what, String field) {
    if (strictErrors.size() < STRICT_ERRORS_MAX) {
      strictErrors.add(what + " field \"" + path(field) + "\"");
    }
  }

  private String path(String field) {
    return strictPath.isEmpty() ? field : String.join("", strictPath).substring(1) + "." + field;
  }
}
