package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;

/// What the API says of its types and fields in words: the text of `kubectl explain`. Loaded once,
/// on first use.
public final class Descriptions {
  private static final class Loaded {
    static final JsonObject TEXTS = SchemaResource.read("descriptions-1.36.json.gz");
  }

  private Descriptions() {}

  /// The text about a type; empty where there is none.
  public static String of(ObjectType type) {
    return of(type, "");
  }

  /// The text about a type by its OpenAPI name, such as that of a quantity; empty where there is
  /// none.
  public static String of(String typeName) {
    return Loaded.TEXTS.string(typeName, "");
  }

  /// The text about a field; empty where there is none.
  public static String of(ObjectType type, String field) {
    return Loaded.TEXTS.string(type.name(), field);
  }
}
