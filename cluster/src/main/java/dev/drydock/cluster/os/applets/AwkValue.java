package dev.drydock.cluster.os.applets;

import java.util.Locale;

/// A value of awk: a number, a string, or a string from input that counts as the number it looks
/// like.
sealed interface AwkValue {
  record Number(double value) implements AwkValue {}

  record Text(String value) implements AwkValue {}

  record Input(String value) implements AwkValue {}

  /// What nothing was assigned to: both 0 and the empty string.
  record Unset() implements AwkValue {}

  static AwkValue of(double number) {
    return new Number(number);
  }

  static AwkValue of(String text) {
    return new Text(text);
  }

  static AwkValue of(boolean value) {
    return new Number(value ? 1 : 0);
  }

  default double number() {
    return switch (this) {
      case Number(double value) -> value;
      case Text(String value) -> parse(value);
      case Input(String value) -> parse(value);
      case Unset _ -> 0;
    };
  }

  default String text() {
    return switch (this) {
      case Number(double value) -> format(value);
      case Text(String value) -> value;
      case Input(String value) -> value;
      case Unset _ -> "";
    };
  }

  default boolean truth() {
    return switch (this) {
      case Number(double value) -> value != 0;
      case Unset _ -> false;
      case Text(String value) -> !value.isEmpty();
      case Input(String value) -> looksNumeric(value) ? parse(value) != 0 : !value.isEmpty();
    };
  }

  private boolean isNumeric() {
    return switch (this) {
      case Number _, Unset _ -> true;
      case Text _ -> false;
      case Input(String value) -> looksNumeric(value);
    };
  }

  static int compare(AwkValue a, AwkValue b) {
    return a.isNumeric() && b.isNumeric()
        ? Double.compare(a.number(), b.number())
        : a.text().compareTo(b.text());
  }

  private static boolean looksNumeric(String text) {
    return text.strip().matches("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  }

  private static double parse(String text) {
    String bare = text.stripLeading();
    var matcher =
        java.util.regex.Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?")
            .matcher(bare);
    return matcher.lookingAt() ? Double.parseDouble(matcher.group()) : 0;
  }

  static String format(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e16) {
      return Long.toString((long) value);
    }
    String text = String.format(Locale.ROOT, "%.6g", value);
    if (text.contains("e")) {
      return text;
    }
    return text.contains(".") ? text.replaceFirst("0+$", "").replaceFirst("\\.$", "") : text;
  }
}
