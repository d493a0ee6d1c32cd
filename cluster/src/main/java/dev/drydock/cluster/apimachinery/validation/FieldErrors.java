package dev.drydock.cluster.apimachinery.validation;

import dev.drydock.cluster.apimachinery.json.GoJson;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/// Collects the field errors of one object, to be answered all at once. Models field.ErrorList.
public final class FieldErrors {
  private final List<FieldError> errors = new ArrayList<>();

  public List<FieldError> list() {
    return List.copyOf(errors);
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public int size() {
    return errors.size();
  }

  public void required(FieldPath path, String detail) {
    add(FieldError.Type.REQUIRED, path, detail);
  }

  public void forbidden(FieldPath path, String detail) {
    add(FieldError.Type.FORBIDDEN, path, detail);
  }

  public void invalid(FieldPath path, Json value, String detail) {
    addValue(FieldError.Type.INVALID, path, value, detail);
  }

  public void typeInvalid(FieldPath path, Json value, String detail) {
    addValue(FieldError.Type.TYPE_INVALID, path, value, detail);
  }

  /// The errors of another.
  public void addAll(FieldErrors other) {
    errors.addAll(other.errors);
  }

  public void invalid(FieldPath path, String value, String detail) {
    invalid(path, Json.of(value), detail);
  }

  /// One error for each thing that is wrong with the value.
  public void invalid(FieldPath path, String value, List<String> details) {
    details.forEach(detail -> invalid(path, value, detail));
  }

  /// One error for each thing that is wrong with the value.
  public void invalid(FieldPath path, long value, List<String> details) {
    details.forEach(detail -> invalid(path, value, detail));
  }

  public void invalid(FieldPath path, long value, String detail) {
    invalid(path, Json.of(value), detail);
  }

  public void duplicate(FieldPath path, Json value) {
    addValue(FieldError.Type.DUPLICATE, path, value, "");
  }

  public void duplicate(FieldPath path, Json value, String detail) {
    addValue(FieldError.Type.DUPLICATE, path, value, detail);
  }

  public void notFound(FieldPath path, Json value) {
    addValue(FieldError.Type.NOT_FOUND, path, value, "");
  }

  public void notFound(FieldPath path, Json value, String detail) {
    addValue(FieldError.Type.NOT_FOUND, path, value, detail);
  }

  /// The supported values are listed in the order given.
  public void notSupported(FieldPath path, String value, Collection<String> supported) {
    String detail =
        supported.isEmpty()
            ? ""
            : supported.stream()
                .map(FieldErrors::quote)
                .collect(Collectors.joining(", ", "supported values: ", ""));
    addValue(FieldError.Type.NOT_SUPPORTED, path, Json.of(value), detail);
  }

  /// As upstream shows a struct of which one field is not supported.
  public void notSupported(FieldPath path, Json value, Collection<String> supported) {
    addValue(
        FieldError.Type.NOT_SUPPORTED,
        path,
        value,
        supported.stream()
            .map(FieldErrors::quote)
            .collect(Collectors.joining(", ", "supported values: ", "")));
  }

  /// Invalid, without saying which value.
  public void invalid(FieldPath path, String detail) {
    add(FieldError.Type.INVALID, path, detail);
  }

  public void tooLong(FieldPath path, int bytesMax) {
    add(FieldError.Type.TOO_LONG, path, "may not be more than " + bytesMax + " bytes");
  }

  public void tooMany(FieldPath path, int actual, int max) {
    addValue(
        FieldError.Type.TOO_MANY,
        path,
        Json.of(actual),
        "must have at most %d item%s".formatted(max, max == 1 ? "" : "s"));
  }

  private void add(FieldError.Type type, FieldPath path, String detail) {
    String body = detail.isEmpty() ? type.words() : type.words() + ": " + detail;
    errors.add(new FieldError(type, path.text(), body));
  }

  private void addValue(FieldError.Type type, FieldPath path, Json value, String detail) {
    String body = type.words() + ": " + print(value) + (detail.isEmpty() ? "" : ": " + detail);
    errors.add(new FieldError(type, path.text(), body));
  }

  private static String print(Json value) {
    return switch (value) {
      case JsonString(String string) -> quote(string);
      case JsonNumber number when number.isInteger() -> Long.toString(number.longValue());
      case Json other -> GoJson.string(other);
    };
  }

  /// The text as Go's %q prints it.
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(c -> appendQuoted(quoted, c));
    return quoted.append('"').toString();
  }

  private static void appendQuoted(StringBuilder out, int c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      case '\r' -> out.append("\\r");
      default -> {
        if (c < 0x20 || c == 0x7f) {
          out.append("\\x%02x".formatted(c));
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
