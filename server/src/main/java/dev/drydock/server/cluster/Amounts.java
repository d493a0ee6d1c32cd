package dev.drydock.server.cluster;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Quantities such as `250m` and `64Mi` as plain numbers, good enough to draw with.
final class Amounts {
  private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([a-zA-Z]*)");
  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("m", new BigDecimal("0.001")),
          Map.entry("", BigDecimal.ONE),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

  private Amounts() {}

  /// Thousandths; 0 for what is no quantity.
  static long millis(String quantity) {
    return value(quantity).movePointRight(3).longValue();
  }

  static long bytes(String quantity) {
    return value(quantity).longValue();
  }

  private static BigDecimal value(String quantity) {
    Matcher parts = QUANTITY.matcher(quantity);
    if (!parts.matches() || !UNITS.containsKey(parts.group(2))) {
      return BigDecimal.ZERO;
    }
    return new BigDecimal(parts.group(1)).multiply(UNITS.get(parts.group(2)));
  }
}
