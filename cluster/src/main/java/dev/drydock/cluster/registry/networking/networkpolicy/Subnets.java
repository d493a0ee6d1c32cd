package dev.drydock.cluster.registry.networking.networkpolicy;

import com.google.common.net.InetAddresses;
import java.math.BigInteger;

/// Compares ranges of addresses in the notation `10.0.0.0/8`.
final class Subnets {
  private Subnets() {}

  /// Whether the outer range has all addresses of the inner one, and more.
  static boolean contains(String outer, String inner) {
    byte[] range = address(outer);
    byte[] within = address(inner);
    int length = length(outer);
    if (range.length != within.length || length >= length(inner)) {
      return false;
    }
    int shift = range.length * Byte.SIZE - length;
    return new BigInteger(1, range)
        .shiftRight(shift)
        .equals(new BigInteger(1, within).shiftRight(shift));
  }

  private static byte[] address(String range) {
    return InetAddresses.forString(range.substring(0, range.indexOf('/'))).getAddress();
  }

  private static int length(String range) {
    return Integer.parseInt(range.substring(range.indexOf('/') + 1));
  }
}
