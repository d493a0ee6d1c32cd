package dev.drydock.cluster.apiserver.openapi;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.Descriptions;
import dev.drydock.cluster.apimachinery.schema.EnumValues;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/// Writes types as OpenAPI schemas, and with each those that it refers to.
final class SchemaWriter {
  private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
  private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
  private static final String TIME = "io.k8s.apimachinery.pkg.apis.meta.v1.Time";
  private static final String MICRO_TIME = "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime";

  private final Dialect dialect;
  private final Map<String, Json> written = new TreeMap<>();
  private final Deque<ObjectType> queue = new ArrayDeque<>();

  SchemaWriter(Dialect dialect) {
    this.dialect = dialect;
  }

  void add(ObjectType type) {
    queue.add(type);
    while (!queue.isEmpty()) {
      ObjectType next = queue.remove();
      if (!written.containsKey(next.name())) {
        written.put(next.name(), object(next));
      }
    }
  }

  JsonObject schemas() {
    return JsonObject.copyOf(written);
  }

  private Json object(ObjectType type) {
    JsonObject.Builder properties = JsonObject.builder();
    type.fields().values().forEach(field -> properties.put(field.name(), property(type, field)));
    return JsonObject.builder()
        .putUnlessEmpty("description", Descriptions.of(type))
        .put("type", "object")
        .putUnlessEmpty("required", required(type))
        .putUnlessEmpty("properties", properties.build())
        .putUnlessEmpty("x-kubernetes-group-version-kind", kinds(type))
        .putUnlessEmpty("x-kubernetes-map-type", type.atomic() ? "atomic" : "")
        .build();
  }

  private static JsonArray required(ObjectType type) {
    return JsonArray.ofStrings(
        type.fields().values().stream()
            .filter(FieldSchema::required)
            .map(FieldSchema::name)
            .toList());
  }

  private static JsonArray kinds(ObjectType type) {
    return JsonArray.copyOf(type.kinds().stream().map(SchemaWriter::kind).toList());
  }

  static JsonObject kind(GroupVersionKind kind) {
    return JsonObject.builder()
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind())
        .build();
  }

  private Json property(ObjectType owner, FieldSchema field) {
    EnumValues values = EnumValues.of(owner, field);
    String text = Descriptions.of(owner, field.name()) + values.paragraph();
    JsonObject.Builder property = schema(field.type(), values).toBuilder();
    if (field.byValue() && field.type() instanceof ObjectType) {
      property.put("default", JsonObject.EMPTY);
    }
    return property
        .putUnlessEmpty("description", text.strip())
        .putUnlessEmpty("x-kubernetes-list-type", field.listType())
        .putUnlessEmpty("x-kubernetes-list-map-keys", JsonArray.ofStrings(field.listMapKeys()))
        .putUnlessEmpty("x-kubernetes-map-type", field.mapType())
        .putUnlessEmpty("x-kubernetes-patch-strategy", String.join(",", field.patchStrategies()))
        .putUnlessEmpty("x-kubernetes-patch-merge-key", field.mergeKey())
        .build();
  }

  private JsonObject schema(TypeSchema type, EnumValues values) {
    return switch (type) {
      case ObjectType object -> {
        queue.add(object);
        yield dialect.reference(object.name());
      }
      case ListType(TypeSchema items) ->
          JsonObject.of("type", Json.of("array"), "items", schema(items, values));
      case MapType(TypeSchema below) ->
          JsonObject.of("type", Json.of("object"), "additionalProperties", schema(below, values));
      case Scalar scalar -> scalar(scalar, values);
    };
  }

  private JsonObject scalar(Scalar scalar, EnumValues values) {
    return switch (scalar) {
      case STRING ->
          typed("string", "").toBuilder()
              .putUnlessEmpty("enum", JsonArray.ofStrings(values.values()))
              .build();
      case BYTES -> typed("string", "byte");
      case INT32 -> typed("integer", "int32");
      case INT64 -> typed("integer", "int64");
      case DOUBLE -> typed("number", "double");
      case BOOL -> typed("boolean", "");
      case ANY -> typed("object", "");
      case TIME -> special(TIME, typed("string", "date-time"));
      case MICRO_TIME -> special(MICRO_TIME, typed("string", "date-time"));
      case QUANTITY -> special(QUANTITY, dialect.either("", "string", "number"));
      case INT_OR_STRING ->
          special(INT_OR_STRING, dialect.either("int-or-string", "integer", "string"));
    };
  }

  private JsonObject special(String name, JsonObject schema) {
    written.computeIfAbsent(name, _ -> schema.with("description", Descriptions.of(name)));
    return dialect.reference(name);
  }

  static JsonObject typed(String type, String format) {
    return JsonObject.builder().put("type", type).putUnlessEmpty("format", format).build();
  }

  /// All built-in types, whether a served kind refers to them or not.
  void addAll() {
    Schemas.builtIn().types().values().forEach(this::add);
  }
}
