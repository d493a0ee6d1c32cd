package dev.drydock.cluster.apimachinery.schema;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The values of a string field whose Go type enumerates them, with a text about each. The table
/// has the types that manifests use most, not all.
public record EnumValues(ImmutableMap<String, String> texts) {
  private static final EnumValues NONE = new EnumValues(ImmutableMap.of());

  private static final class Loaded {
    static final ImmutableMap<String, EnumValues> TABLE = load();
  }

  public boolean isEmpty() {
    return texts.isEmpty();
  }

  public ImmutableSet<String> values() {
    return texts.keySet();
  }

  /// The paragraph that a live server appends to the field's description; empty without values.
  public String paragraph() {
    StringBuilder paragraph = new StringBuilder();
    texts.forEach(
        (value, text) ->
            paragraph
                .append("\n - `\"")
                .append(value)
                .append("\"`")
                .append(text.isEmpty() ? "" : " " + text));
    return isEmpty() ? "" : "\n\nPossible enum values:" + paragraph;
  }

  /// The values of a field, or of the items of a list; none where it is no enumeration.
  public static EnumValues of(ObjectType owner, FieldSchema field) {
    TypeSchema type = field.type() instanceof ListType(TypeSchema items) ? items : field.type();
    if (type != Scalar.STRING || field.goType().isEmpty()) {
      return NONE;
    }
    String goName = field.goType().substring(field.goType().lastIndexOf('.') + 1);
    String[] parts = owner.name().split("\\.");
    String ownPackage = parts[parts.length - 3] + "." + parts[parts.length - 2];
    EnumValues own = Loaded.TABLE.getOrDefault(ownPackage + "." + goName, NONE);
    return own.isEmpty() ? Loaded.TABLE.getOrDefault("core.v1." + goName, NONE) : own;
  }

  private static ImmutableMap<String, EnumValues> load() {
    Map<String, Map<String, String>> types = new LinkedHashMap<>();
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : Splitter.on('\n').omitEmptyStrings().split(text())) {
      if (line.startsWith("  ")) {
        String[] parts = line.strip().split(" ", 2);
        values.put(parts[0], parts.length > 1 ? parts[1] : "");
      } else if (!line.startsWith("#")) {
        values = new LinkedHashMap<>();
        types.put(line, values);
      }
    }
    return types.entrySet().stream()
        .collect(
            ImmutableMap.toImmutableMap(
                Map.Entry::getKey, type -> new EnumValues(ImmutableMap.copyOf(type.getValue()))));
  }

  private static String text() {
    return new String(SchemaResource.bytes("enums-1.36.txt"), StandardCharsets.UTF_8);
  }
}
