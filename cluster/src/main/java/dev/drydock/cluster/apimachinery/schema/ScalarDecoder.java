package dev.drydock.cluster.apimachinery.schema;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.resource.QuantityFormatException;
import java.math.BigDecimal;
import java.util.Optional;

/// Checks one scalar value and makes it canonical.
final class ScalarDecoder {

  /// A value of another type than the field's. Fatal where the type decodes itself.
  static final class WrongType extends Exception {
    private final String value;
    private final Optional<String> goType;

    WrongType(String value, Optional<String> goType) {
      super(value, null, false, false);
      this.value = value;
      this.goType = goType;
    }

    /// The value as Go names it: `string`, `number 1.5`.
    String value() {
      return value;
    }

    /// The Go type inside a type that decodes itself.
    Optional<String> goType() {
      return goType;
    }

    boolean fatal() {
      return goType.isPresent();
    }
  }

  /// A value that the type itself refuses, in its own words.
  static final class Refused extends Exception {
    private final boolean fatal;

    Refused(String message, boolean fatal) {
      super(message, null, false, false);
      this.fatal = fatal;
    }

    String message() {
      return String.valueOf(getMessage());
    }

    boolean fatal() {
      return fatal;
    }
  }

  private ScalarDecoder() {}

  static Json decode(TypeSchema.Scalar type, Json value) throws WrongType, Refused {
    return switch (type) {
      case STRING -> value instanceof JsonString ? value : wrong(value);
      case BOOL -> value instanceof JsonBoolean ? value : wrong(value);
      case INT32 -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, Optional.empty());
      case INT64 -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE, Optional.empty());
      case DOUBLE -> value instanceof JsonNumber ? value : wrong(value);
      case BYTES -> bytes(value);
      case QUANTITY -> quantity(value);
      case INT_OR_STRING ->
          value instanceof JsonString
              ? value
              : integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, Optional.of("int32"));
      case TIME -> time(GoTime.Layout.SECONDS, value);
      case MICRO_TIME -> time(GoTime.Layout.MICROS, value);
      case ANY -> value;
    };
  }

  private static Json wrong(Json value) throws WrongType {
    throw new WrongType(value.goKind(), Optional.empty());
  }

  private static Json integer(Json value, long min, long max, Optional<String> inner)
      throws WrongType {
    if (!(value instanceof JsonNumber number)) {
      throw new WrongType(value.goKind(), inner);
    }
    if (!number.isInteger() || number.longValue() < min || number.longValue() > max) {
      throw new WrongType("number " + text(number), inner);
    }
    return value;
  }

  private static String text(JsonNumber number) {
    return number.isInteger()
        ? Long.toString(number.longValue())
        : new BigDecimal(number.value().toString()).toPlainString();
  }

  private static Json bytes(Json value) throws WrongType, Refused {
    if (!(value instanceof JsonString(String text))) {
      return wrong(value);
    }
    int at = Base64Check.firstWrongByte(text);
    if (at >= 0) {
      throw new Refused("illegal base64 data at input byte " + at, false);
    }
    return value;
  }

  private static Json quantity(Json value) throws Refused {
    String text =
        switch (value) {
          case JsonString(String string) -> string.strip();
          case JsonNumber number -> text(number);
          default -> JsonWriter.string(value);
        };
    try {
      String canonical = Quantity.parse(text).toString();
      return value instanceof JsonString(String string) && string.equals(canonical)
          ? value
          : new JsonString(canonical);
    } catch (QuantityFormatException e) {
      throw new Refused(String.valueOf(e.getMessage()), true);
    }
  }

  private static Json time(GoTime.Layout layout, Json value) throws WrongType, Refused {
    if (!(value instanceof JsonString(String text))) {
      throw new WrongType(value.goKind(), Optional.of("string"));
    }
    try {
      String canonical = layout.format(GoTime.parse(layout, text));
      return canonical.equals(text) ? value : new JsonString(canonical);
    } catch (DecodingException e) {
      throw new Refused(String.valueOf(e.getMessage()), true);
    }
  }
}
