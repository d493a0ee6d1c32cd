package dev.drydock.cluster.apimachinery.resource;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An exact amount of a resource: `500m` of a CPU, `64Mi` of memory. It remembers in which form it
/// was written, for that is the form in which it is shown again.
///
/// Amounts finer than 1n are rounded up, and those beyond 2^63-1 are capped. Two quantities are
/// equal when amount and form are; {@link #compareTo} compares the amounts alone.
///
/// Models apimachinery/pkg/api/resource.
public record Quantity(BigDecimal amount, Format format) implements Comparable<Quantity> {

  /// How a quantity is written: `1.5e3`, `1Ki`, `1k`.
  public enum Format {
    DECIMAL_EXPONENT,
    BINARY_SI,
    DECIMAL_SI
  }

  /// The message for text that has not the form of a quantity.
  public static final String WRONG_FORMAT =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  private static final int NANO_SCALE = 9;
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  public Quantity {
    amount = capped(rounded(amount)).stripTrailingZeros();
  }

  private static BigDecimal rounded(BigDecimal amount) {
    return amount.scale() > NANO_SCALE ? amount.setScale(NANO_SCALE, RoundingMode.UP) : amount;
  }

  private static BigDecimal capped(BigDecimal amount) {
    return amount.abs().compareTo(MAX) <= 0 ? amount : amount.signum() < 0 ? MAX.negate() : MAX;
  }

  /// Reads the text of a quantity.
  ///
  /// @throws QuantityFormatException in upstream's words
  public static Quantity parse(String text) {
    return QuantityParser.parse(text);
  }

  /// A whole number of units.
  public static Quantity of(long value, Format format) {
    return new Quantity(BigDecimal.valueOf(value), format);
  }

  /// A number of thousandths, as of CPUs.
  public static Quantity ofMilli(long milli) {
    return new Quantity(BigDecimal.valueOf(milli, 3), Format.DECIMAL_SI);
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  /// -1, 0 or 1.
  public int sign() {
    return amount.signum();
  }

  /// A sum takes the form of the first that is not zero.
  public Quantity plus(Quantity other) {
    return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
  }

  public Quantity minus(Quantity other) {
    return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
  }

  public Quantity negated() {
    return new Quantity(amount.negate(), format);
  }

  /// In units, rounded up.
  public long value() {
    return ceiling(amount);
  }

  /// In thousandths, rounded up.
  public long milliValue() {
    return ceiling(amount.movePointRight(3));
  }

  private static long ceiling(BigDecimal amount) {
    BigInteger whole = amount.setScale(0, RoundingMode.UP).toBigInteger();
    if (whole.bitLength() < Long.SIZE) {
      return whole.longValue();
    }
    return whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  /// The canonical text: no fraction, and the largest suffix that loses nothing.
  @Override
  public String toString() {
    return QuantityWriter.write(this);
  }
}
