package dev.drydock.cluster.apimachinery.cel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Kubernetes quantity as CEL sees it: an exact number, equal however it is spelled, so that
/// `1Gi` is `1024Mi` and `0.5` is `500m`.
///
/// Models apimachinery `api/resource.Quantity`, its parsing and comparing.
record CelQuantity(BigDecimal value) implements Comparable<CelQuantity> {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,4})?");
  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("n", BigDecimal.valueOf(1, 9)),
          Map.entry("u", BigDecimal.valueOf(1, 6)),
          Map.entry("m", BigDecimal.valueOf(1, 3)),
          Map.entry("k", BigDecimal.valueOf(1, -3)),
          Map.entry("M", BigDecimal.valueOf(1, -6)),
          Map.entry("G", BigDecimal.valueOf(1, -9)),
          Map.entry("T", BigDecimal.valueOf(1, -12)),
          Map.entry("P", BigDecimal.valueOf(1, -15)),
          Map.entry("E", BigDecimal.valueOf(1, -18)),
          Map.entry("Ki", binary(10)),
          Map.entry("Mi", binary(20)),
          Map.entry("Gi", binary(30)),
          Map.entry("Ti", binary(40)),
          Map.entry("Pi", binary(50)),
          Map.entry("Ei", binary(60)));

  private static BigDecimal binary(int bits) {
    return new BigDecimal(BigInteger.ONE.shiftLeft(bits));
  }

  static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  static CelQuantity parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "quantities must match the regular expression"
              + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (suffix == null) {
      return new CelQuantity(number);
    }
    BigDecimal factor = SUFFIXES.get(suffix);
    return new CelQuantity(
        factor != null
            ? number.multiply(factor)
            : number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1))));
  }

  boolean isInteger() {
    return value.stripTrailingZeros().scale() <= 0 && value.toBigInteger().bitLength() < 64;
  }

  long asInteger() {
    if (!isInteger()) {
      throw new IllegalArgumentException("cannot convert value to integer");
    }
    return value.longValueExact();
  }

  CelQuantity plus(CelQuantity other) {
    return new CelQuantity(value.add(other.value));
  }

  CelQuantity minus(CelQuantity other) {
    return new CelQuantity(value.subtract(other.value));
  }

  @Override
  public int compareTo(CelQuantity other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CelQuantity quantity && compareTo(quantity) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  @Override
  public String toString() {
    return value.stripTrailingZeros().toPlainString();
  }
}
