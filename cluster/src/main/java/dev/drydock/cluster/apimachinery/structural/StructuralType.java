package dev.drydock.cluster.apimachinery.structural;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import org.jspecify.annotations.Nullable;

/// A schema as server-side apply sees it: which fields are owned one by one, and how the items of
/// lists are found. Models apiextensions-apiserver's conversion to structured-merge-diff types.
public final class StructuralType implements ObjectType {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private final String name;
  private final StructuralSchema schema;
  private final boolean resource;
  private final Supplier<ImmutableMap<String, FieldSchema>> fields;

  private StructuralType(String name, StructuralSchema schema, boolean resource) {
    this.name = name;
    this.schema = schema;
    this.resource = resource;
    this.fields = Suppliers.memoize(this::read);
  }

  /// The type of the objects of a kind.
  public static StructuralType of(GroupVersionKind kind, StructuralSchema schema) {
    return new StructuralType(
        kind.group() + "." + kind.version() + "." + kind.kind(), schema, true);
  }

  public StructuralSchema schema() {
    return schema;
  }

  private ImmutableMap<String, FieldSchema> read() {
    ImmutableMap.Builder<String, FieldSchema> read = ImmutableMap.builder();
    if (resource) {
      read.put("apiVersion", field("apiVersion", Scalar.STRING, null));
      read.put("kind", field("kind", Scalar.STRING, null));
      read.put("metadata", field("metadata", Schemas.named(META), null));
    }
    schema
        .properties()
        .forEach((field, below) -> read.put(field, field(field, type(below), below)));
    return read.buildKeepingLast();
  }

  private TypeSchema type(StructuralSchema below) {
    boolean open = below.preservesUnknownFields() && below.properties().isEmpty();
    return switch (below.type()) {
      case "array" -> new ListType(below.items().map(this::type).orElse(Scalar.ANY));
      case "object" -> {
        if (below.additionalProperties().isPresent()) {
          yield new MapType(type(below.additionalProperties().get()));
        }
        yield open || below.properties().isEmpty() && !below.isEmbeddedResource()
            ? Scalar.ANY
            : new StructuralType(name, below, below.isEmbeddedResource());
      }
      case "integer" -> Scalar.INT64;
      case "number" -> Scalar.DOUBLE;
      case "boolean" -> Scalar.BOOL;
      case "string" -> Scalar.STRING;
      default -> below.isIntOrString() ? Scalar.INT_OR_STRING : Scalar.ANY;
    };
  }

  private static FieldSchema field(
      String name, TypeSchema type, @Nullable StructuralSchema schema) {
    boolean list = type instanceof ListType;
    return new FieldSchema(
        name,
        type,
        false,
        "",
        true,
        false,
        false,
        false,
        ImmutableList.of(),
        "",
        list && schema != null ? schema.listType() : "",
        list && schema != null && schema.listType().equals("map")
            ? schema.listMapKeys()
            : ImmutableList.of(),
        schema == null ? "" : schema.json().string("x-kubernetes-map-type"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImmutableMap<String, FieldSchema> fields() {
    return fields.get();
  }

  @Override
  public ImmutableList<FieldSchema> writtenFields() {
    return ImmutableList.of();
  }

  @Override
  public ImmutableList<GroupVersionKind> kinds() {
    return ImmutableList.of();
  }

  @Override
  public boolean atomic() {
    return schema.json().string("x-kubernetes-map-type").equals("atomic");
  }
}
