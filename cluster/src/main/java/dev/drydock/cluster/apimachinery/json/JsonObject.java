package dev.drydock.cluster.apimachinery.json;

import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A JSON object. The accessors are lenient: a field that is absent or of another type reads as
/// absent, because admission has already checked the types of every stored object.
public record JsonObject(ImmutableMap<String, Json> fields) implements Json {
  public static final JsonObject EMPTY = new JsonObject(ImmutableMap.of());

  public static JsonObject of(String name, Json value) {
    return new JsonObject(ImmutableMap.of(name, value));
  }

  public static JsonObject of(String name1, Json value1, String name2, Json value2) {
    return new JsonObject(ImmutableMap.of(name1, value1, name2, value2));
  }

  public static JsonObject copyOf(Map<String, ? extends Json> fields) {
    return new JsonObject(ImmutableMap.copyOf(fields));
  }

  public static JsonObject ofStrings(Map<String, String> values) {
    Builder builder = builder();
    values.forEach(builder::put);
    return builder.build();
  }

  public static Builder builder() {
    return new Builder(new LinkedHashMap<>());
  }

  /// A builder that starts with this object's fields.
  public Builder toBuilder() {
    return new Builder(new LinkedHashMap<>(fields));
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  public @Nullable Json get(String name) {
    return fields.get(name);
  }

  /// The value at a path of field names, or null where any step is absent or not an object.
  public @Nullable Json at(String... path) {
    Json value = this;
    for (String name : path) {
      if (!(value instanceof JsonObject object)) {
        return null;
      }
      value = object.get(name);
      if (value == null) {
        return null;
      }
    }
    return value;
  }

  /// The object at a path; an empty one where there is none.
  public JsonObject object(String... path) {
    return at(path) instanceof JsonObject object ? object : EMPTY;
  }

  /// The array at a path; an empty one where there is none.
  public JsonArray array(String... path) {
    return at(path) instanceof JsonArray array ? array : JsonArray.EMPTY;
  }

  /// The string at a path; the empty string where there is none, as Go's zero value.
  public String string(String... path) {
    return at(path) instanceof JsonString(String value) ? value : "";
  }

  public Optional<String> optionalString(String... path) {
    return at(path) instanceof JsonString(String value) ? Optional.of(value) : Optional.empty();
  }

  /// The integer at a path, or the given one where there is none.
  public long integer(long otherwise, String... path) {
    return at(path) instanceof JsonNumber number ? number.longValue() : otherwise;
  }

  public boolean bool(String... path) {
    return at(path) instanceof JsonBoolean(boolean value) && value;
  }

  /// The string-valued fields of the object at a path, in order: labels, annotations, data.
  public ImmutableMap<String, String> strings(String... path) {
    ImmutableMap.Builder<String, String> strings = ImmutableMap.builder();
    object(path)
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonString(String string)) {
                strings.put(name, string);
              }
            });
    return strings.build();
  }

  public JsonObject with(String name, Json value) {
    return value.equals(fields.get(name)) ? this : toBuilder().put(name, value).build();
  }

  public JsonObject with(String name, String value) {
    return with(name, new JsonString(value));
  }

  public JsonObject without(String name) {
    return has(name) ? toBuilder().remove(name).build() : this;
  }

  /// Replaces the object below a field by a changed one; an absent one is changed from empty.
  public JsonObject withObject(String name, UnaryOperator<JsonObject> change) {
    return with(name, change.apply(object(name)));
  }

  /// Sets the value at a path, making the objects on the way.
  public JsonObject withAt(Json value, String first, String... rest) {
    if (rest.length == 0) {
      return with(first, value);
    }
    String[] below = java.util.Arrays.copyOfRange(rest, 1, rest.length);
    return withObject(first, child -> child.withAt(value, rest[0], below));
  }

  /// Collects the fields of a new object; a later value for a name replaces the earlier one in
  /// place.
  public static final class Builder {
    private final LinkedHashMap<String, Json> fields;

    private Builder(LinkedHashMap<String, Json> fields) {
      this.fields = fields;
    }

    public Builder put(String name, Json value) {
      fields.put(name, value);
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new JsonString(value));
    }

    public Builder put(String name, long value) {
      return put(name, new JsonNumber(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, Json.of(value));
    }

    /// Puts the value unless it is null, the empty string, or an empty object or array (Go's
    /// omitempty).
    public Builder putUnlessEmpty(String name, @Nullable Json value) {
      return value == null || isEmpty(value) ? this : put(name, value);
    }

    private static boolean isEmpty(Json value) {
      return switch (value) {
        case JsonString(String string) -> string.isEmpty();
        case JsonObject object -> object.isEmpty();
        case JsonArray array -> array.isEmpty();
        case JsonNumber _, JsonBoolean _ -> false;
        case JsonNull _ -> true;
      };
    }

    public Builder putUnlessEmpty(String name, String value) {
      return value.isEmpty() ? this : put(name, value);
    }

    public Builder remove(String name) {
      fields.remove(name);
      return this;
    }

    public JsonObject build() {
      return fields.isEmpty() ? EMPTY : new JsonObject(ImmutableMap.copyOf(fields));
    }
  }
}
