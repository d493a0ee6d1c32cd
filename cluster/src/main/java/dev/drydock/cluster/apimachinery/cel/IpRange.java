package dev.drydock.cluster.apimachinery.cel;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A CIDR: an address and how many of its leading bits count.
record IpRange(IpAddress address, int prefixLength) {

  static boolean isValid(String text) {
    try {
      parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static IpRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash > 0 && text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
      IpAddress address = IpAddress.parse(text.substring(0, slash));
      int prefixLength = Integer.parseInt(text.substring(slash + 1));
      if (prefixLength <= bits(address)) {
        return new IpRange(address, prefixLength);
      }
    }
    throw new IllegalArgumentException("network address parse error: '%s'".formatted(text));
  }

  private static int bits(IpAddress address) {
    return address.family() == 4 ? 32 : 128;
  }

  boolean contains(IpAddress other) {
    return other.family() == address.family()
        && masked(other, prefixLength).equals(masked(address, prefixLength));
  }

  boolean contains(IpRange other) {
    return other.prefixLength >= prefixLength && contains(other.address);
  }

  IpRange masked() {
    return new IpRange(masked(address, prefixLength), prefixLength);
  }

  private static IpAddress masked(IpAddress address, int prefixLength) {
    byte[] bytes = address.address().getAddress();
    for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> (bit % 8));
    }
    try {
      return new IpAddress(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes was refused", e);
    }
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
