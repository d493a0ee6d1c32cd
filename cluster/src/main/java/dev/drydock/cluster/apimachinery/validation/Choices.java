package dev.drydock.cluster.apimachinery.validation;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.List;

/// Checks fields that have one of a few values.
public final class Choices {
  private Choices() {}

  /// The field must be there.
  ///
  /// @param path of the field
  public static void required(
      JsonObject object, String field, FieldPath path, List<String> supported, FieldErrors errors) {
    if (object.string(field).isEmpty()) {
      errors.required(path, "");
    } else {
      optional(object, field, path, supported, errors);
    }
  }

  /// The field may be absent.
  ///
  /// @param path of the field
  public static void optional(
      JsonObject object, String field, FieldPath path, List<String> supported, FieldErrors errors) {
    String value = object.string(field);
    if (object.has(field) && !supported.contains(value)) {
      errors.notSupported(path, value, supported);
    }
  }
}
