package dev.drydock.cluster.apimachinery.managedfields;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import org.jspecify.annotations.Nullable;

/// How a value is owned: as a whole, by its fields, or by its items.
sealed interface Shape {

  /// A value that is owned as a whole: a scalar, or something atomic.
  record Leaf() implements Shape {}

  /// An object whose fields are owned one by one.
  record Struct(ObjectType type) implements Shape {}

  /// An object with names of any kind, owned name by name.
  record Names(@Nullable TypeSchema values) implements Shape {}

  /// A list owned item by item; items are found by these fields, or without any by their value.
  record Items(TypeSchema items, ImmutableList<String> keys) implements Shape {}

  /// What is not described by a schema: its shape is that of the value.
  record Undescribed() implements Shape {}

  Shape LEAF = new Leaf();
  Shape UNDESCRIBED = new Undescribed();

  static Shape of(@Nullable TypeSchema type) {
    return switch (type) {
      case null -> UNDESCRIBED;
      case ObjectType object -> object.atomic() ? LEAF : new Struct(object);
      case MapType(TypeSchema values) -> new Names(values);
      case Scalar scalar when scalar == Scalar.ANY -> UNDESCRIBED;
      case ListType _, Scalar _ -> LEAF;
    };
  }

  static Shape of(FieldSchema field) {
    return switch (field.type()) {
      case ObjectType object ->
          field.mapType().equals("atomic") || object.atomic() && field.mapType().isEmpty()
              ? LEAF
              : new Struct(object);
      case MapType(TypeSchema values) ->
          field.mapType().equals("atomic") ? LEAF : new Names(values);
      case ListType(TypeSchema items) ->
          field.listType().equals("atomic") ? LEAF : new Items(items, field.listMapKeys());
      case Scalar scalar -> scalar == Scalar.ANY ? UNDESCRIBED : LEAF;
    };
  }

  /// The shape of a field of this object.
  default Shape field(String name) {
    return switch (this) {
      case Struct(ObjectType type) -> {
        FieldSchema field = type.field(name);
        yield field == null ? UNDESCRIBED : of(field);
      }
      case Names(@Nullable TypeSchema values) -> of(values);
      case Leaf _, Items _, Undescribed _ -> UNDESCRIBED;
    };
  }

  /// Whether the type names the field, rather than any field of its kind.
  default boolean names(String field) {
    return this instanceof Struct(ObjectType type) && type.field(field) != null;
  }

  /// The shape in which a value is looked at: without a schema, objects are owned by their fields
  /// and lists as a whole.
  default Shape seenIn(@Nullable Json value) {
    if (!(this instanceof Undescribed)) {
      return this;
    }
    return value instanceof JsonObject ? new Names(null) : LEAF;
  }

  /// Nothing to go down into: null, or an empty object or list.
  static boolean isHollow(@Nullable Json value) {
    return switch (value) {
      case JsonObject object -> object.isEmpty();
      case JsonArray array -> array.isEmpty();
      case null -> true;
      case dev.drydock.cluster.apimachinery.json.JsonNull _ -> true;
      default -> false;
    };
  }
}
