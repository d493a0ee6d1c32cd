package dev.drydock.cluster.apimachinery.cel;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.CIDR;
import static dev.drydock.cluster.apimachinery.cel.JavaTypes.IP;

/// Kubernetes' IP and CIDR functions. Models apiserver `pkg/cel/library/ip.go` and `cidr.go`.
final class NetworkLibrary {
  private NetworkLibrary() {}

  static CelLibrary library() {
    CelLibrary library = new CelLibrary();
    addresses(library);
    ranges(library);
    return library;
  }

  private static void addresses(CelLibrary library) {
    library
        .function("isIP", "is_ip", BOOL, a -> IpAddress.isValid((String) a[0]), STRING)
        .function("ip", "string_to_ip", IP, a -> IpAddress.parse((String) a[0]), STRING)
        .function("ip.isCanonical", "ip_is_canonical", BOOL, a -> isCanonical(a[0]), STRING)
        .member("family", "ip_family", INT, a -> ip(a[0]).family(), IP)
        .member(
            "isUnspecified",
            "ip_unspecified",
            BOOL,
            a -> ip(a[0]).address().isAnyLocalAddress(),
            IP)
        .member("isLoopback", "ip_loopback", BOOL, a -> ip(a[0]).address().isLoopbackAddress(), IP)
        .member(
            "isLinkLocalMulticast",
            "ip_link_local_multicast",
            BOOL,
            a -> ip(a[0]).isLinkLocalMulticast(),
            IP)
        .member(
            "isLinkLocalUnicast",
            "ip_link_local_unicast",
            BOOL,
            a -> ip(a[0]).address().isLinkLocalAddress(),
            IP)
        .member("isGlobalUnicast", "ip_global_unicast", BOOL, a -> ip(a[0]).isGlobalUnicast(), IP)
        .function("string", "ip_to_string", STRING, a -> a[0].toString(), IP);
  }

  private static void ranges(CelLibrary library) {
    library
        .function("isCIDR", "is_cidr", BOOL, a -> IpRange.isValid((String) a[0]), STRING)
        .function("cidr", "string_to_cidr", CIDR, a -> IpRange.parse((String) a[0]), STRING)
        .member("containsIP", "cidr_contains_ip", BOOL, a -> range(a).contains(ip(a[1])), CIDR, IP)
        .member(
            "containsIP",
            "cidr_contains_ip_string",
            BOOL,
            a -> range(a).contains(IpAddress.parse((String) a[1])),
            CIDR,
            STRING)
        .member(
            "containsCIDR",
            "cidr_contains_cidr",
            BOOL,
            a -> range(a).contains((IpRange) a[1]),
            CIDR,
            CIDR)
        .member(
            "containsCIDR",
            "cidr_contains_cidr_string",
            BOOL,
            a -> range(a).contains(IpRange.parse((String) a[1])),
            CIDR,
            STRING)
        .member("ip", "cidr_ip", IP, a -> range(a).address(), CIDR)
        .member("masked", "cidr_masked", CIDR, a -> range(a).masked(), CIDR)
        .member(
            "prefixLength", "cidr_prefix_length", INT, a -> (long) range(a).prefixLength(), CIDR)
        .function("string", "cidr_to_string", STRING, a -> a[0].toString(), CIDR);
  }

  private static IpAddress ip(Object value) {
    return (IpAddress) value;
  }

  private static IpRange range(Object[] arguments) {
    return (IpRange) arguments[0];
  }

  private static boolean isCanonical(Object text) {
    return IpAddress.parse((String) text).toString().equals(text);
  }
}
