package dev.drydock.cluster.apimachinery.validation;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import org.jspecify.annotations.Nullable;

/// Checks numeric fields. An absent field reads as 0.
///
/// Models ValidateNonnegativeField and its neighbours in apimachinery/pkg/api/validation.
public final class Numbers {
  public static final String NEGATIVE = "must be greater than or equal to 0";
  public static final String NOT_POSITIVE = "must be greater than zero";

  private Numbers() {}

  /// @param path of the object that has the field
  public static void nonNegative(
      JsonObject object, String field, FieldPath path, FieldErrors errors) {
    long value = object.integer(0, field);
    if (value < 0) {
      errors.invalid(path.child(field), value, NEGATIVE);
    }
  }

  /// A port given by its number, or by the name it has elsewhere.
  public static void portNumberOrName(@Nullable Json port, FieldPath path, FieldErrors errors) {
    if (port instanceof JsonString(String name)) {
      errors.invalid(path, name, Names.portName(name));
    } else {
      long number = port instanceof JsonNumber given ? given.longValue() : 0;
      errors.invalid(path, number, Formats.portNumber(number));
    }
  }

  /// A number of objects, or a percentage of them. Models ValidatePositiveIntOrPercent.
  public static void countOrPercent(@Nullable Json value, FieldPath path, FieldErrors errors) {
    if (value instanceof JsonString(String text)) {
      errors.invalid(path, text, Formats.percent(text));
    } else if (value instanceof JsonNumber number && number.longValue() < 0) {
      errors.invalid(path, number, NEGATIVE);
    }
  }

  /// A percentage may not be more than all.
  public static void notMoreThanAll(@Nullable Json value, FieldPath path, FieldErrors errors) {
    if (value instanceof JsonString(String text)
        && Formats.percent(text).isEmpty()
        && percent(text) > 100) {
      errors.invalid(path, value, "must not be greater than 100%");
    }
  }

  private static long percent(String text) {
    String digits = text.substring(0, text.length() - 1);
    return digits.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(digits);
  }

  /// Whether the value is 0 or 0%.
  public static boolean isZero(@Nullable Json value) {
    return switch (value) {
      case null -> true;
      case JsonNumber number -> number.longValue() == 0;
      case JsonString(String text) -> Formats.percent(text).isEmpty() && percent(text) == 0;
      default -> false;
    };
  }
}
