package dev.drydock.cluster.os.applets;

import java.util.Locale;

/// Numbers as busybox reads and prints them.
final class Numbers {
  private Numbers() {}

  /// A number with an optional suffix (b, k, m, g).
  static long parse(String text) throws UsageException {
    String digits = text.replaceFirst("(?i)[bkmg](i?b)?$", "");
    String suffix = text.substring(digits.length()).toLowerCase(Locale.ROOT);
    if (!digits.matches("[-+]?[0-9]{1,15}")) {
      throw new UsageException("invalid number '" + text + "'");
    }
    long scale =
        switch (suffix.isEmpty() ? ' ' : suffix.charAt(0)) {
          case 'b' -> 512;
          case 'k' -> 1024;
          case 'm' -> 1 << 20;
          case 'g' -> 1 << 30;
          default -> 1;
        };
    return Long.parseLong(digits.startsWith("+") ? digits.substring(1) : digits) * scale;
  }

  /// Bytes as `-h` prints them.
  static String human(long bytes) {
    if (bytes < 1024) {
      return Long.toString(bytes);
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 4) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f", value) + "KMGTP".charAt(unit);
  }
}
