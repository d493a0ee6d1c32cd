package dev.drydock.cluster.apimachinery.json;

import com.google.common.collect.ImmutableSet;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a plain YAML scalar means to Kubernetes' tools: YAML 1.1 booleans (`yes`, `on`, `n`), octal
/// `0755`, `1_000`; a timestamp stays text.
///
/// Models sigs.k8s.io/yaml/goyaml.v2 (resolve.go).
final class YamlScalars {
  private static final ImmutableSet<String> TRUE =
      ImmutableSet.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final ImmutableSet<String> FALSE =
      ImmutableSet.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final ImmutableSet<String> NULL = ImmutableSet.of("", "~", "null", "Null", "NULL");
  private static final ImmutableSet<String> NOT_JSON =
      ImmutableSet.of(
          ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf",
          "-.Inf", "-.INF");
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
  private static final int NUMBER_LENGTH_MAX = 400;

  private YamlScalars() {}

  /// Null where the scalar is a number that JSON does not have.
  static @Nullable Json resolve(String text) {
    if (NULL.contains(text)) {
      return JsonNull.NULL;
    }
    if (TRUE.contains(text)) {
      return JsonBoolean.TRUE;
    }
    if (FALSE.contains(text)) {
      return JsonBoolean.FALSE;
    }
    if (NOT_JSON.contains(text)) {
      return null;
    }
    return mayBeNumber(text) ? number(text) : new JsonString(text);
  }

  private static boolean mayBeNumber(String text) {
    char first = text.charAt(0);
    return text.length() <= NUMBER_LENGTH_MAX
        && (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.');
  }

  private static Json number(String text) {
    String plain = text.replace("_", "");
    var integer = INTEGER.matcher(plain);
    if (integer.matches()) {
      BigInteger value = magnitude(integer);
      return number(integer.group(1).equals("-") ? value.negate() : value);
    }
    if (FLOAT.matcher(plain).matches()) {
      double value = Double.parseDouble(plain);
      return Double.isInfinite(value) ? new JsonString(text) : number(value);
    }
    return new JsonString(text);
  }

  private static BigInteger magnitude(java.util.regex.Matcher integer) {
    if (integer.group(2) != null) {
      return new BigInteger(integer.group(2), 16);
    }
    if (integer.group(3) != null) {
      return new BigInteger(integer.group(3), 2);
    }
    if (integer.group(4) != null) {
      return new BigInteger(integer.group(4), 8);
    }
    return new BigInteger(integer.group(5));
  }

  private static Json number(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? new JsonNumber(value.longValue())
        : new JsonNumber((Number) value.doubleValue());
  }

  /// On its way through JSON a whole number loses its point: `1.0` becomes `1`.
  private static Json number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 0x1p63
        ? new JsonNumber((long) value)
        : new JsonNumber((Number) value);
  }
}
