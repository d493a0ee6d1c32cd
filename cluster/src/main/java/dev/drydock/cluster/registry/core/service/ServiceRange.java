package dev.drydock.cluster.registry.core.service;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The addresses of services: 10.96.0.0/12. Those at the start are left to services that ask for
/// one by number, as the cluster's DNS does.
///
/// Models pkg/registry/core/service/ipallocator.
final class ServiceRange {
  static final String ADDRESSES = "10.96.0.0/12";

  private static final int BASE = (10 << 24) | (96 << 16);
  private static final int SIZE = 1 << 20;

  /// As many of the first addresses are given out last.
  private static final int RESERVED = 256;

  private ServiceRange() {}

  static boolean containsAddress(String address) {
    if (!InetAddresses.isInetAddress(address)
        || !(InetAddresses.forString(address) instanceof Inet4Address four)) {
      return false;
    }
    int offset = InetAddresses.coerceToInteger(four) - BASE;
    return offset > 0 && offset < SIZE - 1;
  }

  static String freeAddress(Set<String> taken, RandomGenerator random) {
    int dynamic = SIZE - 1 - RESERVED;
    int start = random.nextInt(dynamic);
    for (int i = 0; i < dynamic; i++) {
      String address = address(RESERVED + (start + i) % dynamic);
      if (!taken.contains(address)) {
        return address;
      }
    }
    throw new IllegalStateException("no address is left for services");
  }

  private static String address(int offset) {
    return InetAddresses.toAddrString(InetAddresses.fromInteger(BASE + offset));
  }
}
