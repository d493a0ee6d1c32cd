package dev.drydock.cluster.registry.apiextensions.customresourcedefinition;

import com.google.common.collect.ImmutableSet;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.structural.SchemaValidation;
import dev.drydock.cluster.apimachinery.structural.StructuralSchema;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.List;
import java.util.Map;

/// What is wrong with a schema: it must be structural, within limits, and its rules must compile.
/// Models apiextensions-apiserver/pkg/apiserver/schema/validation.go.
final class SchemaDefinitionValidation {
  /// Bounds what a hostile schema can cost; upstream bounds CEL's cost alone.
  private static final int DEPTH_MAX = 100;

  private static final int NODES_MAX = 20_000;

  private static final ImmutableSet<String> TYPES =
      ImmutableSet.of("object", "array", "string", "integer", "number", "boolean");
  private static final List<String> LOGIC = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> IN_LOGIC_FORBIDDEN =
      List.of(
          "description",
          "type",
          "default",
          "additionalProperties",
          "x-kubernetes-preserve-unknown-fields",
          "x-kubernetes-embedded-resource",
          "nullable");

  private final FieldErrors errors;
  private int nodes;

  private SchemaDefinitionValidation(FieldErrors errors) {
    this.errors = errors;
  }

  static void validate(JsonObject schema, FieldPath path, FieldErrors errors) {
    SchemaDefinitionValidation run = new SchemaDefinitionValidation(errors);
    if (!schema.string("type").equals("object")) {
      if (schema.string("type").isEmpty()) {
        errors.required(path.child("type"), "must not be empty at the root");
      } else {
        errors.invalid(path.child("type"), schema.string("type"), "must be object at the root");
      }
    }
    if (schema.bool("nullable")) {
      errors.forbidden(path.child("nullable"), "nullable cannot be true at the root");
    }
    run.node(schema, path, 0, true);
  }

  private void node(JsonObject schema, FieldPath path, int depth, boolean root) {
    if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
      if (nodes <= NODES_MAX + 1) {
        errors.forbidden(path, "the schema is too deep or has too many fields");
        nodes = NODES_MAX + 1;
      }
      return;
    }
    type(schema, path, root);
    forbiddenFields(schema, path);
    lists(schema, path);
    pattern(schema, path);
    rules(schema, path);
    defaults(schema, path);
    for (String word : LOGIC) {
      List<JsonObject> below = schema.array(word).objects().toList();
      for (int i = 0; i < below.size(); i++) {
        logic(schema, below.get(i), path.child(word).index(i), depth + 1);
      }
    }
    if (schema.get("not") instanceof JsonObject not) {
      logic(schema, not, path.child("not"), depth + 1);
    }
    for (Map.Entry<String, Json> property : schema.object("properties").fields().entrySet()) {
      if (property.getValue() instanceof JsonObject below) {
        FieldPath at = path.child("properties").key(property.getKey());
        if (root && property.getKey().equals("metadata")) {
          metadata(below, at);
        } else {
          node(below, at, depth + 1, false);
        }
      }
    }
    if (schema.get("items") instanceof JsonObject items) {
      node(items, path.child("items"), depth + 1, false);
    }
    if (schema.get("additionalProperties") instanceof JsonObject values) {
      node(values, path.child("additionalProperties"), depth + 1, false);
    }
  }

  private void metadata(JsonObject metadata, FieldPath path) {
    if (!metadata.string("type").equals("object")) {
      errors.invalid(path.child("type"), metadata.string("type"), "must be object");
    }
    for (String field : metadata.object("properties").fields().keySet()) {
      if (!field.equals("name") && !field.equals("generateName")) {
        errors.forbidden(
            path,
            "must not specify anything other than name and generateName, but metadata is implicitly specified");
        return;
      }
    }
  }

  private void type(JsonObject schema, FieldPath path, boolean root) {
    String type = schema.string("type");
    boolean open =
        schema.bool("x-kubernetes-int-or-string")
            || schema.bool("x-kubernetes-preserve-unknown-fields");
    if (type.isEmpty()) {
      if (!open && !root) {
        errors.required(path.child("type"), "must not be empty for specified " + what(path));
      }
    } else if (!TYPES.contains(type)) {
      errors.notSupported(
          path.child("type"),
          type,
          List.of("array", "boolean", "integer", "number", "object", "string"));
    } else if (schema.bool("x-kubernetes-int-or-string")) {
      errors.invalid(
          path.child("type"), type, "must be empty if x-kubernetes-int-or-string is true");
    }
    if (schema.bool("x-kubernetes-embedded-resource")) {
      if (!type.equals("object")) {
        errors.invalid(
            path.child("type"), type, "must be object if x-kubernetes-embedded-resource is true");
      }
      boolean empty =
          schema.object("properties").isEmpty()
              && !schema.bool("x-kubernetes-preserve-unknown-fields");
      if (empty) {
        errors.required(
            path.child("properties"),
            "must not be empty if x-kubernetes-embedded-resource is true without"
                + " x-kubernetes-preserve-unknown-fields");
      }
    }
    if (schema.get("x-kubernetes-preserve-unknown-fields") instanceof JsonBoolean(boolean preserve)
        && !preserve) {
      errors.invalid(
          path.child("x-kubernetes-preserve-unknown-fields"),
          Json.of(false),
          "must be true or undefined");
    }
    if (type.equals("array") && !schema.has("items")) {
      errors.required(path.child("items"), "must be specified");
    }
  }

  private static String what(FieldPath path) {
    return path.text().endsWith("items")
        ? "array items"
        : path.text().endsWith("]") ? "object fields" : "values";
  }

  private void forbiddenFields(JsonObject schema, FieldPath path) {
    for (String field :
        new String[] {
          "definitions",
          "dependencies",
          "deprecated",
          "discriminator",
          "id",
          "patternProperties",
          "readOnly",
          "writeOnly",
          "xml",
          "$ref",
          "additionalItems"
        }) {
      if (schema.has(field)) {
        errors.forbidden(
            path.child(field),
            field.equals("patternProperties") || field.equals("additionalItems")
                ? field + " is not supported"
                : "must be empty to be structural");
      }
    }
    if (schema.bool("uniqueItems")) {
      errors.forbidden(
          path.child("uniqueItems"),
          "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
    }
    if (!schema.object("properties").isEmpty() && schema.has("additionalProperties")) {
      errors.forbidden(
          path.child("additionalProperties"),
          "additionalProperties and properties are mutual exclusive");
    }
    if (schema.get("additionalProperties") instanceof JsonBoolean(boolean allowed) && !allowed) {
      errors.forbidden(
          path.child("additionalProperties"), "additionalProperties cannot be set to false");
    }
  }

  private void lists(JsonObject schema, FieldPath path) {
    String listType = schema.string("x-kubernetes-list-type");
    FieldPath typePath = path.child("x-kubernetes-list-type");
    if (listType.isEmpty()) {
      return;
    }
    if (!List.of("atomic", "set", "map").contains(listType)) {
      errors.notSupported(typePath, listType, List.of("atomic", "set", "map"));
    }
    if (!schema.string("type").equals("array")) {
      errors.invalid(
          path.child("type"),
          schema.string("type"),
          "must be array if x-kubernetes-list-type is specified");
    }
    List<String> keys = schema.array("x-kubernetes-list-map-keys").strings().toList();
    FieldPath keysPath = path.child("x-kubernetes-list-map-keys");
    if (!listType.equals("map")) {
      if (!keys.isEmpty()) {
        errors.invalid(
            typePath, listType, "must be map if x-kubernetes-list-map-keys is non-empty");
      }
      return;
    }
    if (keys.isEmpty()) {
      errors.required(keysPath, "must not be empty if x-kubernetes-list-type is map");
    }
    JsonObject items = schema.object("items");
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      JsonObject property = items.object("properties", key);
      if (property.isEmpty()) {
        errors.invalid(keysPath.index(i), key, "entries must all be names of item properties");
        continue;
      }
      boolean given =
          property.has("default") || items.array("required").strings().anyMatch(key::equals);
      if (!given) {
        errors.required(
            path.child("items").child("properties").key(key).child("default"),
            "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                + " required property");
      }
    }
  }

  private void pattern(JsonObject schema, FieldPath path) {
    try {
      var _ = Pattern.compile(schema.string("pattern"));
    } catch (PatternSyntaxException e) {
      errors.invalid(
          path.child("pattern"),
          schema.string("pattern"),
          "must be a valid regular expression, but isn't: " + e.getMessage());
    }
  }

  private void rules(JsonObject schema, FieldPath path) {
    var rules = new StructuralSchema(schema).rules();
    for (int i = 0; i < rules.size(); i++) {
      FieldPath at = path.child("x-kubernetes-validations").index(i);
      JsonObject rule = rules.get(i).json();
      if (rule.string("rule").isBlank()) {
        errors.required(at.child("rule"), "rule is not specified");
      } else if (!rules.get(i).problem().isEmpty()) {
        errors.invalid(at.child("rule"), rule.string("rule"), rules.get(i).problem());
      }
      String message = rule.string("message");
      if (message.contains("\n")) {
        errors.invalid(at.child("message"), message, "message must not contain line breaks");
      }
      if (rule.string("rule").contains("\n") && message.isBlank()) {
        errors.required(
            at.child("message"), "message must be specified if rule contains line breaks");
      }
    }
  }

  private void defaults(JsonObject schema, FieldPath path) {
    Json value = schema.get("default");
    if (value != null) {
      SchemaValidation.validate(
          new StructuralSchema(schema.without("default")), value, path.child("default"), errors);
    }
  }

  /// Below allOf and the like there may only be checks of values, of fields that are specified.
  private void logic(JsonObject outer, JsonObject inner, FieldPath path, int depth) {
    boolean intOrString = outer.bool("x-kubernetes-int-or-string");
    for (String field : IN_LOGIC_FORBIDDEN) {
      if (inner.has(field) && !(intOrString && field.equals("type"))) {
        errors.forbidden(
            path.child(field), "must be " + emptyWord(inner, field) + " to be structural");
      }
    }
    if (++nodes > NODES_MAX || depth > DEPTH_MAX) {
      return;
    }
    inner
        .object("properties")
        .fields()
        .forEach(
            (name, below) -> {
              JsonObject known = outer.object("properties", name);
              FieldPath at = path.child("properties").key(name);
              if (known.isEmpty() && !outer.bool("x-kubernetes-preserve-unknown-fields")) {
                errors.required(
                    FieldPath.of(
                        at.text().replaceFirst("\\.(allOf|anyOf|oneOf)\\[\\d+\\]|\\.not", "")),
                    "because it is defined in " + at.text());
              } else if (below instanceof JsonObject nested) {
                logic(known, nested, at, depth + 1);
              }
            });
  }

  private static String emptyWord(JsonObject inner, String field) {
    return inner.get(field) instanceof JsonBoolean
        ? "false"
        : field.equals("default") || field.equals("additionalProperties") ? "undefined" : "empty";
  }
}
