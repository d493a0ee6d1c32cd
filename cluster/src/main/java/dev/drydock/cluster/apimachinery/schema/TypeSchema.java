package dev.drydock.cluster.apimachinery.schema;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/// The type of an API field.
public sealed interface TypeSchema {

  /// A value that is not built of others.
  enum Scalar implements TypeSchema {
    STRING("string", "string"),
    INT32("int32", "int32"),
    INT64("int64", "int64"),
    DOUBLE("double", "float64"),
    BOOL("bool", "bool"),
    /// Base64 in JSON.
    BYTES("bytes", "[]uint8"),
    QUANTITY("quantity", "resource.Quantity"),
    INT_OR_STRING("intOrString", "intstr.IntOrString"),
    /// RFC 3339, whole seconds.
    TIME("time", "v1.Time"),
    /// RFC 3339 with microseconds.
    MICRO_TIME("microTime", "v1.MicroTime"),
    /// JSON of any shape.
    ANY("any", "runtime.RawExtension");

    private final String expression;
    private final String goName;

    Scalar(String expression, String goName) {
      this.expression = expression;
      this.goName = goName;
    }

    String expression() {
      return expression;
    }

    @Override
    public String goName() {
      return goName;
    }
  }

  /// A list.
  record ListType(TypeSchema items) implements TypeSchema {
    @Override
    public String goName() {
      return "[]" + items.goName();
    }
  }

  /// An object with fields of any name, all of one type.
  record MapType(TypeSchema values) implements TypeSchema {
    @Override
    public String goName() {
      return "map[string]" + values.goName();
    }
  }

  /// An object with known fields. Its description refers to others lazily, for types may contain
  /// themselves.
  non-sealed interface ObjectType extends TypeSchema {
    /// The OpenAPI name: `io.k8s.api.core.v1.Pod`.
    String name();

    /// The part of the name after the package: `Pod`.
    default String shortName() {
      return name().substring(name().lastIndexOf('.') + 1);
    }

    ImmutableMap<String, FieldSchema> fields();

    default @Nullable FieldSchema field(String field) {
      return fields().get(field);
    }

    /// The fields that Go writes even where nothing was given for them.
    ImmutableList<FieldSchema> writtenFields();

    /// The kinds that objects of the type are; most types have none.
    ImmutableList<GroupVersionKind> kinds();

    /// Whether server-side apply owns an object of the type as a whole.
    boolean atomic();

    @Override
    default String goName() {
      String[] parts = name().split("\\.");
      return parts[parts.length - 2] + "." + parts[parts.length - 1];
    }
  }

  /// The name of the Go type, as messages of decoding errors show it.
  String goName();
}
