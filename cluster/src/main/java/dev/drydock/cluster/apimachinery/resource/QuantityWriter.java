package dev.drydock.cluster.apimachinery.resource;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.resource.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Writes quantities in their canonical form. Models `CanonicalizeBytes`.
final class QuantityWriter {
  private static final BigInteger KIBI = BigInteger.valueOf(1024);
  private static final BigDecimal BINARY_MIN = BigDecimal.valueOf(1024);
  private static final int EXPONENT_MAX = 18;
  private static final ImmutableList<String> BINARY =
      ImmutableList.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
  private static final ImmutableMap<Integer, String> DECIMAL =
      ImmutableMap.<Integer, String>builder()
          .put(-9, "n")
          .put(-6, "u")
          .put(-3, "m")
          .put(0, "")
          .put(3, "k")
          .put(6, "M")
          .put(9, "G")
          .put(12, "T")
          .put(15, "P")
          .put(18, "E")
          .build();

  private QuantityWriter() {}

  static String write(Quantity quantity) {
    if (quantity.isZero()) {
      return "0";
    }
    return switch (quantity.format()) {
      case BINARY_SI -> binary(quantity.amount());
      case DECIMAL_SI -> decimal(quantity.amount(), Format.DECIMAL_SI);
      case DECIMAL_EXPONENT -> decimal(quantity.amount(), Format.DECIMAL_EXPONENT);
    };
  }

  /// Small amounts may have fractions, which the binary suffixes cannot say.
  private static String binary(BigDecimal amount) {
    if (amount.abs().compareTo(BINARY_MIN) < 0) {
      return decimal(amount, Format.DECIMAL_SI);
    }
    if (amount.scale() > 0 && amount.stripTrailingZeros().scale() > 0) {
      amount = amount.setScale(0, java.math.RoundingMode.UP);
    }
    BigInteger mantissa = amount.toBigIntegerExact();
    int suffix = 0;
    while (suffix + 1 < BINARY.size() && mantissa.mod(KIBI).signum() == 0) {
      mantissa = mantissa.divide(KIBI);
      suffix++;
    }
    return mantissa + BINARY.get(suffix);
  }

  private static String decimal(BigDecimal amount, Format format) {
    BigDecimal stripped = amount.stripTrailingZeros();
    int exponent = Math.min(EXPONENT_MAX, 3 * Math.floorDiv(-stripped.scale(), 3));
    BigInteger mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
    if (format == Format.DECIMAL_EXPONENT) {
      return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
    }
    return mantissa + DECIMAL.getOrDefault(exponent, "");
  }
}
