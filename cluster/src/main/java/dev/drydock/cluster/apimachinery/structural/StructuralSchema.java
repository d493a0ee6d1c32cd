package dev.drydock.cluster.apimachinery.structural;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// The schema of a value in a custom resource, as its definition says it. Immutable.
///
/// Models apiextensions-apiserver/pkg/apiserver/schema.Structural.
public final class StructuralSchema {
  private final JsonObject schema;
  private final Supplier<ImmutableMap<String, StructuralSchema>> properties;
  private final Supplier<Optional<StructuralSchema>> items;
  private final Supplier<Optional<StructuralSchema>> additional;
  private final Supplier<Optional<Pattern>> pattern;
  private final Supplier<ImmutableList<CelRule>> rules;
  private final Supplier<Boolean> hasDefaults;

  public StructuralSchema(JsonObject schema) {
    this.schema = schema;
    this.properties =
        Suppliers.memoize(
            () ->
                schema.object("properties").fields().entrySet().stream()
                    .collect(
                        ImmutableMap.toImmutableMap(
                            java.util.Map.Entry::getKey, e -> of(e.getValue()))));
    this.items = Suppliers.memoize(() -> child("items"));
    this.additional = Suppliers.memoize(() -> child("additionalProperties"));
    this.pattern = Suppliers.memoize(() -> compile(schema.string("pattern")));
    this.rules =
        Suppliers.memoize(
            () ->
                schema
                    .array("x-kubernetes-validations")
                    .objects()
                    .map(CelRule::new)
                    .collect(ImmutableList.toImmutableList()));
    this.hasDefaults = Suppliers.memoize(this::findDefaults);
  }

  static StructuralSchema of(@Nullable Json schema) {
    return new StructuralSchema(schema instanceof JsonObject object ? object : JsonObject.EMPTY);
  }

  private Optional<StructuralSchema> child(String name) {
    return switch (schema.get(name)) {
      case JsonObject object -> Optional.of(new StructuralSchema(object));
      case JsonBoolean(boolean allowed) when allowed -> Optional.of(new StructuralSchema(ANYTHING));
      case null, default -> Optional.empty();
    };
  }

  private static final JsonObject ANYTHING =
      JsonObject.of("x-kubernetes-preserve-unknown-fields", Json.of(true));

  private static Optional<Pattern> compile(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }

  private boolean findDefaults() {
    return schema.has("default")
        || properties().values().stream().anyMatch(StructuralSchema::hasDefaults)
        || items().filter(StructuralSchema::hasDefaults).isPresent()
        || additionalProperties().filter(StructuralSchema::hasDefaults).isPresent();
  }

  /// The schema as it was written.
  public JsonObject json() {
    return schema;
  }

  /// Whether this or a part of it has a default.
  public boolean hasDefaults() {
    return hasDefaults.get();
  }

  public String type() {
    return schema.string("type");
  }

  public boolean nullable() {
    return schema.bool("nullable");
  }

  public ImmutableMap<String, StructuralSchema> properties() {
    return properties.get();
  }

  public Optional<StructuralSchema> items() {
    return items.get();
  }

  public Optional<StructuralSchema> additionalProperties() {
    return additional.get();
  }

  /// The schema of a field; empty where the field is not known.
  public Optional<StructuralSchema> field(String name) {
    StructuralSchema known = properties().get(name);
    return known == null ? additionalProperties() : Optional.of(known);
  }

  public boolean preservesUnknownFields() {
    return schema.bool("x-kubernetes-preserve-unknown-fields");
  }

  public boolean isEmbeddedResource() {
    return schema.bool("x-kubernetes-embedded-resource");
  }

  public boolean isIntOrString() {
    return schema.bool("x-kubernetes-int-or-string");
  }

  public @Nullable Json defaultValue() {
    return schema.get("default");
  }

  /// `atomic`, `set` or `map`.
  public String listType() {
    String given = schema.string("x-kubernetes-list-type");
    return given.isEmpty() ? "atomic" : given;
  }

  public ImmutableList<String> listMapKeys() {
    return schema
        .array("x-kubernetes-list-map-keys")
        .strings()
        .collect(ImmutableList.toImmutableList());
  }

  public Optional<Pattern> pattern() {
    return pattern.get();
  }

  public ImmutableList<CelRule> rules() {
    return rules.get();
  }

  OptionalDouble number(String field) {
    return schema.get(field) instanceof JsonNumber number
        ? OptionalDouble.of(number.value().doubleValue())
        : OptionalDouble.empty();
  }

  ImmutableList<StructuralSchema> several(String field) {
    return schema
        .array(field)
        .objects()
        .map(StructuralSchema::new)
        .collect(ImmutableList.toImmutableList());
  }
}
