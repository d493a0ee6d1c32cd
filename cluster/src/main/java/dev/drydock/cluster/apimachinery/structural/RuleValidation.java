package dev.drydock.cluster.apimachinery.structural;

import dev.drydock.cluster.apimachinery.cel.CelBudget;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks the CEL rules of a schema and of all its parts. Models
/// apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go.
public final class RuleValidation {
  private final CelBudget budget = new CelBudget(CelBudget.PER_POLICY);
  private final FieldErrors errors;

  private RuleValidation(FieldErrors errors) {
    this.errors = errors;
  }

  /// @param old the object as it was; null for a new one
  public static void validate(
      StructuralSchema schema, JsonObject object, @Nullable JsonObject old, FieldErrors errors) {
    new RuleValidation(errors).value(schema, object, old, "");
  }

  private void value(StructuralSchema schema, Json value, @Nullable Json old, String path) {
    for (CelRule rule : schema.rules()) {
      if (budget.isExceeded() || rule.isAboutChange() && old == null) {
        continue;
      }
      Object self = CelValues.of(Optional.of(schema), value);
      Object oldSelf = old == null ? null : CelValues.of(Optional.of(schema), old);
      rule.refusal(self, oldSelf, budget).ifPresent(why -> refuse(rule, schema, value, path, why));
    }
    switch (value) {
      case JsonObject object -> fields(schema, object, old, path);
      case JsonArray array -> items(schema, array, old, path);
      default -> {}
    }
  }

  private void refuse(CelRule rule, StructuralSchema schema, Json value, String path, String why) {
    FieldPath at = FieldPath.of((path + rule.fieldPath()).replaceFirst("^\\.", ""));
    if (at.text().isEmpty()) {
      at = FieldPath.of("<nil>");
    }
    boolean composite = schema.type().equals("object") || schema.type().equals("array");
    switch (rule.reason()) {
      case "FieldValueRequired" -> errors.required(at, why);
      case "FieldValueForbidden" -> errors.forbidden(at, why);
      case "FieldValueDuplicate" -> errors.duplicate(at, value);
      default -> {
        if (composite) {
          errors.invalid(at, why);
        } else {
          errors.invalid(at, value, why);
        }
      }
    }
  }

  private void fields(StructuralSchema schema, JsonObject object, @Nullable Json old, String path) {
    JsonObject before = old instanceof JsonObject o ? o : JsonObject.EMPTY;
    object
        .fields()
        .forEach(
            (name, value) ->
                schema
                    .field(name)
                    .ifPresent(
                        child ->
                            value(
                                child,
                                value,
                                before.get(name),
                                SchemaValidation.join(path, name))));
  }

  /// The items of a list are only the same as before where they have keys.
  private void items(StructuralSchema schema, JsonArray array, @Nullable Json old, String path) {
    if (schema.items().isEmpty()) {
      return;
    }
    Map<JsonObject, Json> before = new HashMap<>();
    boolean keyed = schema.listType().equals("map");
    if (keyed && old instanceof JsonArray items) {
      items.objects().forEach(item -> before.put(keys(schema, item), item));
    }
    for (int i = 0; i < array.size(); i++) {
      Json item = array.get(i);
      Json same = item instanceof JsonObject object ? before.get(keys(schema, object)) : null;
      value(schema.items().get(), item, same, path + "[" + i + "]");
    }
  }

  private static JsonObject keys(StructuralSchema schema, JsonObject item) {
    JsonObject.Builder keys = JsonObject.builder();
    schema.listMapKeys().forEach(key -> keys.putUnlessEmpty(key, item.get(key)));
    return keys.build();
  }
}
