package dev.drydock.cluster.apimachinery.resource;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.resource.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Reads quantities. Models `ParseQuantity` and its suffix table.
final class QuantityParser {
  private static final String WRONG_NUMBER = "unable to parse numeric part of quantity";
  private static final String WRONG_SUFFIX = "unable to parse quantity's suffix";
  private static final String SUFFIX_LETTERS = "eEinumkKMGTP";
  private static final int DIGITS_MAX = 400;
  private static final int EXPONENT_MAX = 400;

  private record Suffix(BigDecimal factor, Format format) {}

  private static final ImmutableMap<String, Suffix> SUFFIXES =
      ImmutableMap.<String, Suffix>builder()
          .put("n", decimal(-9))
          .put("u", decimal(-6))
          .put("m", decimal(-3))
          .put("", decimal(0))
          .put("k", decimal(3))
          .put("M", decimal(6))
          .put("G", decimal(9))
          .put("T", decimal(12))
          .put("P", decimal(15))
          .put("E", decimal(18))
          .put("Ki", binary(10))
          .put("Mi", binary(20))
          .put("Gi", binary(30))
          .put("Ti", binary(40))
          .put("Pi", binary(50))
          .put("Ei", binary(60))
          .build();

  private QuantityParser() {}

  private static Suffix decimal(int exponent) {
    return new Suffix(BigDecimal.ONE.scaleByPowerOfTen(exponent), Format.DECIMAL_SI);
  }

  private static Suffix binary(int exponent) {
    return new Suffix(new BigDecimal(BigInteger.TWO.pow(exponent)), Format.BINARY_SI);
  }

  static Quantity parse(String text) {
    int number = endOfNumber(text);
    String digits = text.substring(0, number);
    Suffix suffix = suffix(suffixText(text, number));
    return new Quantity(number(digits).multiply(suffix.factor()), suffix.format());
  }

  /// The number is a sign, digits, and at most one point with digits after it.
  private static int endOfNumber(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    at = skipDigits(text, at);
    if (at < text.length() && text.charAt(at) == '.') {
      at = skipDigits(text, at + 1);
    }
    if (text.isEmpty() || at > DIGITS_MAX) {
      throw new QuantityFormatException(Quantity.WRONG_FORMAT);
    }
    return at;
  }

  private static int skipDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static String suffixText(String text, int from) {
    int at = from;
    while (at < text.length() && SUFFIX_LETTERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    if (skipDigits(text, at) < text.length()) {
      throw new QuantityFormatException(Quantity.WRONG_FORMAT);
    }
    return text.substring(from);
  }

  private static Suffix suffix(String text) {
    Suffix known = SUFFIXES.get(text);
    if (known != null) {
      return known;
    }
    Integer exponent = exponent(text);
    if (exponent == null) {
      throw new QuantityFormatException(WRONG_SUFFIX);
    }
    return new Suffix(BigDecimal.ONE.scaleByPowerOfTen(exponent), Format.DECIMAL_EXPONENT);
  }

  private static @Nullable Integer exponent(String text) {
    if (text.length() < 2 || text.charAt(0) != 'e' && text.charAt(0) != 'E') {
      return null;
    }
    try {
      int exponent = Integer.parseInt(text.substring(1));
      return Math.max(-EXPONENT_MAX, Math.min(EXPONENT_MAX, exponent));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static BigDecimal number(String digits) {
    try {
      return new BigDecimal(digits);
    } catch (NumberFormatException e) {
      throw new QuantityFormatException(WRONG_NUMBER);
    }
  }
}
