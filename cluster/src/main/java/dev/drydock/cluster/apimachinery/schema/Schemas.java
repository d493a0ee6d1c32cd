package dev.drydock.cluster.apimachinery.schema;

import com.google.common.base.Splitter;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The types of all built-in kinds, as the build collected them. Loaded once, on first use; a
/// type's fields are read when they are first asked for.
public final class Schemas {
  private static final class BuiltIn {
    static final Schemas SCHEMAS = new Schemas(SchemaResource.read("types-1.36.json.gz"));
  }

  private static final ImmutableMap<String, TypeSchema> SCALARS =
      Arrays.stream(Scalar.values())
          .collect(ImmutableMap.toImmutableMap(Scalar::expression, scalar -> scalar));

  private final ImmutableMap<String, ObjectType> byName;
  private final ImmutableMap<GroupVersionKind, ObjectType> byKind;

  private Schemas(JsonObject types) {
    Map<String, ObjectType> names = new LinkedHashMap<>();
    Map<GroupVersionKind, ObjectType> kinds = new LinkedHashMap<>();
    types
        .fields()
        .forEach(
            (name, facts) -> {
              ObjectType type = new Type(name, (JsonObject) facts);
              names.put(name, type);
              type.kinds().forEach(kind -> kinds.put(kind, type));
            });
    byName = ImmutableMap.copyOf(names);
    byKind = ImmutableMap.copyOf(kinds);
  }

  public static Schemas builtIn() {
    return BuiltIn.SCHEMAS;
  }

  /// The type of a kind, or null where it is not built in: the kinds of custom resources.
  public static @Nullable ObjectType of(GroupVersionKind kind) {
    return builtIn().byKind.get(kind);
  }

  /// A type by its OpenAPI name.
  public static ObjectType named(String name) {
    return Objects.requireNonNull(builtIn().byName.get(name), name);
  }

  /// All types by their OpenAPI names, in their order.
  public ImmutableMap<String, ObjectType> types() {
    return byName;
  }

  private TypeSchema type(String expression) {
    if (expression.startsWith("[]")) {
      return new ListType(type(expression.substring(2)));
    }
    if (expression.startsWith("{}")) {
      return new MapType(type(expression.substring(2)));
    }
    return expression.startsWith("@")
        ? Objects.requireNonNull(byName.get(expression.substring(1)), expression)
        : Objects.requireNonNull(SCALARS.get(expression), expression);
  }

  private final class Type implements ObjectType {
    private final String name;
    private final boolean atomic;
    private final ImmutableList<GroupVersionKind> kinds;
    private final Supplier<ImmutableMap<String, FieldSchema>> fields;
    private final Supplier<ImmutableList<FieldSchema>> written;

    Type(String name, JsonObject facts) {
      this.name = name;
      this.atomic = facts.string("mt").equals("atomic");
      this.kinds =
          facts.array("k").items().stream()
              .map(kind -> kind((JsonArray) kind))
              .collect(ImmutableList.toImmutableList());
      this.fields = Suppliers.memoize(() -> read(facts.object("f")));
      this.written =
          Suppliers.memoize(
              () ->
                  fields().values().stream()
                      .filter(field -> (field.always() || field.byValue()) && !field.omitZero())
                      .collect(ImmutableList.toImmutableList()));
    }

    private static GroupVersionKind kind(JsonArray parts) {
      var texts = parts.strings().toList();
      return new GroupVersionKind(texts.get(0), texts.get(1), texts.get(2));
    }

    private ImmutableMap<String, FieldSchema> read(JsonObject all) {
      ImmutableMap.Builder<String, FieldSchema> read = ImmutableMap.builder();
      all.fields().forEach((field, facts) -> read.put(field, read(field, (JsonObject) facts)));
      return read.build();
    }

    private FieldSchema read(String field, JsonObject facts) {
      TypeSchema type = type(facts.string("t"));
      String marks = facts.string("x");
      return new FieldSchema(
          field,
          type,
          facts.bool("r"),
          facts.string("n"),
          marks.contains("*"),
          marks.contains("!"),
          marks.contains("."),
          marks.contains("0"),
          ImmutableList.copyOf(Splitter.on(',').omitEmptyStrings().split(facts.string("ps"))),
          facts.string("pk"),
          type instanceof ListType ? listType(facts.get("lt")) : "",
          facts.array("lk").strings().collect(ImmutableList.toImmutableList()),
          facts.string("mt"));
    }

    /// Every list of a built-in type is atomic where the table says nothing else.
    private static String listType(@Nullable Json listed) {
      return listed instanceof JsonString(String type) ? type : "atomic";
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
      return written.get();
    }

    @Override
    public ImmutableList<GroupVersionKind> kinds() {
      return kinds;
    }

    @Override
    public boolean atomic() {
      return atomic;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
