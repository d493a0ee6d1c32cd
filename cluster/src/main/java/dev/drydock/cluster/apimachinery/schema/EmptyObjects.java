package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;

/// Objects as Go writes them before anything is set. Unlike what is stored, they have null where Go
/// writes null.
public final class EmptyObjects {
  private EmptyObjects() {}

  public static JsonObject of(ObjectType type) {
    JsonObject.Builder fields = JsonObject.builder();
    for (FieldSchema field : type.writtenFields()) {
      boolean struct = field.byValue() && field.type() instanceof ObjectType;
      boolean scalar =
          field.type() instanceof TypeSchema.Scalar
              && !field.pointer()
              && !(GoZeroValues.zero(field.type()) instanceof JsonNull);
      fields.put(
          field.name(),
          struct
              ? of((ObjectType) field.type())
              : scalar ? GoZeroValues.zero(field.type()) : JsonNull.NULL);
    }
    return fields.build();
  }
}
