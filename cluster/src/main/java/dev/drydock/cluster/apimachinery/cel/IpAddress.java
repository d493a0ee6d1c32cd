package dev.drydock.cluster.apimachinery.cel;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;

/// An IP address literal. Zones and IPv4-mapped IPv6 addresses are refused, as Kubernetes does.
record IpAddress(InetAddress address) {

  static boolean isValid(String text) {
    return InetAddresses.isInetAddress(text)
        && !text.contains("%")
        && !(text.contains(":") && InetAddresses.forString(text) instanceof Inet4Address);
  }

  static IpAddress parse(String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException("IP Address '%s' parse error".formatted(text));
    }
    return new IpAddress(InetAddresses.forString(text));
  }

  long family() {
    return address instanceof Inet4Address ? 4 : 6;
  }

  boolean isGlobalUnicast() {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !address.isLinkLocalAddress();
  }

  boolean isLinkLocalMulticast() {
    byte[] bytes = address.getAddress();
    return address.isMCLinkLocal()
        || (bytes.length == 4 && bytes[0] == (byte) 224 && bytes[1] == 0 && bytes[2] == 0);
  }

  /// The canonical spelling.
  @Override
  public String toString() {
    return InetAddresses.toAddrString(address);
  }
}
