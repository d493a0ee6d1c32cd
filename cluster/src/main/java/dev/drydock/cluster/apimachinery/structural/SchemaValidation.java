package dev.drydock.cluster.apimachinery.structural;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Checks a value against a schema, in upstream's words. Models kube-openapi/pkg/validation and
/// apiextensions-apiserver/pkg/apiserver/validation.
public final class SchemaValidation {
  private static final String BODY = " in body ";

  /// Where errors about a whole are reported that a schema made of others refuses.
  private static final FieldPath NOWHERE = FieldPath.of("<nil>");

  private final FieldErrors errors;

  private SchemaValidation(FieldErrors errors) {
    this.errors = errors;
  }

  public static void validate(StructuralSchema schema, JsonObject object, FieldErrors errors) {
    SchemaValidation run = new SchemaValidation(errors);
    run.value(schema, object, "", true);
  }

  /// Checks a part of an object, such as a default.
  public static void validate(
      StructuralSchema schema, Json value, FieldPath path, FieldErrors errors) {
    new SchemaValidation(errors).value(schema, value, path.text(), false);
  }

  private void value(StructuralSchema schema, Json value, String path, boolean root) {
    if (!checkType(schema, value, path)) {
      return;
    }
    checkEnum(schema, value, path);
    switch (value) {
      case JsonObject object -> checkObject(schema, object, path, root);
      case JsonArray array -> checkArray(schema, array, path);
      case JsonString(String text) -> checkText(schema, text, path);
      case JsonNumber number -> checkNumber(schema, number, path);
      case JsonBoolean _, JsonNull _ -> {}
    }
    checkComposites(schema, value, path, root);
  }

  private boolean checkType(StructuralSchema schema, Json value, String path) {
    String actual = typeOf(value);
    if (value instanceof JsonNull && schema.nullable()) {
      return true;
    }
    if (schema.isIntOrString()) {
      if (!actual.equals("integer") && !actual.equals("string")) {
        wrongType(path, "integer,string", actual);
        return false;
      }
      return true;
    }
    String wanted = schema.type();
    boolean fits =
        wanted.isEmpty()
            || wanted.equals(actual)
            || wanted.equals("number") && actual.equals("integer")
            || wanted.equals("integer") && isWhole(value);
    if (!fits) {
      wrongType(path, wanted, actual);
    }
    return fits;
  }

  private void wrongType(String path, String wanted, String actual) {
    errors.typeInvalid(
        FieldPath.of(path),
        Json.of(actual),
        path + BODY + "must be of type " + wanted + ": \"" + actual + "\"");
  }

  private static boolean isWhole(Json value) {
    return value instanceof JsonNumber number
        && (number.isInteger() || number.value().doubleValue() % 1 == 0);
  }

  static String typeOf(Json value) {
    return switch (value) {
      case JsonObject _ -> "object";
      case JsonArray _ -> "array";
      case JsonString _ -> "string";
      case JsonBoolean _ -> "boolean";
      case JsonNumber number -> number.isInteger() ? "integer" : "number";
      case JsonNull _ -> "null";
    };
  }

  private void checkEnum(StructuralSchema schema, Json value, String path) {
    JsonArray allowed = schema.json().array("enum");
    if (!allowed.isEmpty() && !allowed.items().contains(value)) {
      errors.notSupported(
          FieldPath.of(path),
          value,
          allowed.items().stream()
              .map(one -> one instanceof JsonString(String text) ? text : JsonWriter.string(one))
              .toList());
    }
  }

  private void checkObject(StructuralSchema schema, JsonObject object, String path, boolean root) {
    for (String required : schema.json().array("required").strings().toList()) {
      if (!object.has(required)) {
        errors.required(FieldPath.of(join(path, required)), "");
      }
    }
    int size = object.fields().size();
    schema
        .number("maxProperties")
        .ifPresent(
            max -> {
              if (size > max) {
                errors.tooMany(FieldPath.of(path), size, (int) max);
              }
            });
    schema
        .number("minProperties")
        .ifPresent(
            min -> {
              if (size < min) {
                invalid(path, Json.of(size), "should have at least " + (long) min + " properties");
              }
            });
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      boolean known = root && (field.getKey().equals("metadata"));
      if (!known) {
        schema
            .field(field.getKey())
            .ifPresent(child -> value(child, field.getValue(), join(path, field.getKey()), false));
      }
    }
    if (schema.isEmbeddedResource()) {
      for (String field : new String[] {"apiVersion", "kind"}) {
        if (object.string(field).isEmpty()) {
          errors.required(FieldPath.of(join(path, field)), "must not be empty");
        }
      }
    }
  }

  static String join(String path, String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private void checkArray(StructuralSchema schema, JsonArray array, String path) {
    schema
        .number("maxItems")
        .ifPresent(
            max -> {
              if (array.size() > max) {
                errors.tooMany(FieldPath.of(path), array.size(), (int) max);
              }
            });
    schema
        .number("minItems")
        .ifPresent(
            min -> {
              if (array.size() < min) {
                invalid(
                    path, Json.of(array.size()), "should have at least " + (long) min + " items");
              }
            });
    Set<Json> seen = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      String at = path + "[" + i + "]";
      Json item = array.get(i);
      schema.items().ifPresent(items -> value(items, item, at, false));
      Json identity = identity(schema, item);
      if (identity != null && !seen.add(identity)) {
        errors.duplicate(FieldPath.of(at), identity);
      }
    }
  }

  /// What no two items of a list may share; null where they may be alike.
  private static @org.jspecify.annotations.Nullable Json identity(
      StructuralSchema schema, Json item) {
    return switch (schema.listType()) {
      case "set" -> item;
      case "map" -> {
        JsonObject.Builder keys = JsonObject.builder();
        JsonObject object = item instanceof JsonObject o ? o : JsonObject.EMPTY;
        schema.listMapKeys().forEach(key -> keys.putUnlessEmpty(key, object.get(key)));
        yield keys.build();
      }
      default -> null;
    };
  }

  private void checkText(StructuralSchema schema, String text, String path) {
    int length = text.codePointCount(0, text.length());
    schema
        .number("maxLength")
        .ifPresent(
            max -> {
              if (length > max) {
                errors.tooLong(FieldPath.of(path), (int) max);
              }
            });
    schema
        .number("minLength")
        .ifPresent(
            min -> {
              if (length < min) {
                invalid(path, Json.of(text), "should be at least " + (long) min + " chars long");
              }
            });
    if (schema.pattern().isPresent() && !schema.pattern().get().matcher(text).find()) {
      invalid(path, Json.of(text), "should match '" + schema.json().string("pattern") + "'");
    }
    String format = schema.json().string("format");
    if (!ValueFormats.accepts(format, text)) {
      invalid(path, Json.of(text), "must be of type " + format + ": " + FieldErrors.quote(text));
    }
  }

  private void checkNumber(StructuralSchema schema, JsonNumber number, String path) {
    double value = number.value().doubleValue();
    boolean openBelow = schema.json().bool("exclusiveMinimum");
    boolean openAbove = schema.json().bool("exclusiveMaximum");
    OptionalDouble min = schema.number("minimum");
    if (min.isPresent() && (value < min.getAsDouble() || openBelow && value == min.getAsDouble())) {
      invalid(
          path,
          number,
          "should be greater than " + (openBelow ? "" : "or equal to ") + print(min.getAsDouble()));
    }
    OptionalDouble max = schema.number("maximum");
    if (max.isPresent() && (value > max.getAsDouble() || openAbove && value == max.getAsDouble())) {
      invalid(
          path,
          number,
          "should be less than " + (openAbove ? "" : "or equal to ") + print(max.getAsDouble()));
    }
    OptionalDouble multiple = schema.number("multipleOf");
    if (multiple.isPresent() && value % multiple.getAsDouble() != 0) {
      invalid(path, number, "should be a multiple of " + print(multiple.getAsDouble()));
    }
  }

  private static String print(double number) {
    return number % 1 == 0 && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private void invalid(String path, Json value, String why) {
    errors.invalid(FieldPath.of(path), value, path + BODY + why);
  }

  private void checkComposites(StructuralSchema schema, Json value, String path, boolean root) {
    List<StructuralSchema> any = schema.several("anyOf");
    if (!any.isEmpty() && !schema.isIntOrString()) {
      List<FieldErrors> failures = failures(any, value, path, root);
      if (failures.size() == any.size()) {
        composite(path, "must validate at least one schema (anyOf)");
        addBest(failures);
      }
    }
    List<StructuralSchema> one = schema.several("oneOf");
    if (!one.isEmpty()) {
      List<FieldErrors> failures = failures(one, value, path, root);
      int valid = one.size() - failures.size();
      if (valid != 1) {
        composite(
            path,
            "must validate one and only one schema (oneOf). Found "
                + (valid == 0 ? "none valid" : valid + " valid alternatives"));
        if (valid == 0) {
          addBest(failures);
        }
      }
    }
    List<StructuralSchema> all = schema.several("allOf");
    if (!all.isEmpty() && !schema.isIntOrString()) {
      List<FieldErrors> failures = failures(all, value, path, root);
      failures.forEach(errors::addAll);
      if (!failures.isEmpty()) {
        composite(
            path,
            "must validate all the schemas (allOf)"
                + (failures.size() == all.size() ? ". None validated" : ""));
      }
    }
    if (schema.json().get("not") instanceof JsonObject not
        && failures(List.of(new StructuralSchema(not)), value, path, root).isEmpty()) {
      composite(path, "must not validate the schema (not)");
    }
  }

  private void composite(String path, String why) {
    errors.invalid(NOWHERE, "", "\"" + path + "\" " + why);
  }

  private static List<FieldErrors> failures(
      List<StructuralSchema> schemas, Json value, String path, boolean root) {
    List<FieldErrors> failures = new ArrayList<>();
    for (StructuralSchema schema : schemas) {
      FieldErrors found = new FieldErrors();
      new SchemaValidation(found).value(schema, value, path, root);
      if (!found.isEmpty()) {
        failures.add(found);
      }
    }
    return failures;
  }

  private void addBest(List<FieldErrors> failures) {
    failures.stream().min(Comparator.comparingInt(FieldErrors::size)).ifPresent(errors::addAll);
  }
}
