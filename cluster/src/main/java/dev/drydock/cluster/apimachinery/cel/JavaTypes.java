package dev.drydock.cluster.apimachinery.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/// The CEL types of this library and the Java classes that hold their values.
public final class JavaTypes {
  static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
  static final CelType URL = OpaqueType.create("kubernetes.URL");
  static final CelType IP = OpaqueType.create("net.IP");
  static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
  static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");
  static final CelType CIDR = OpaqueType.create("net.CIDR");

  public static final CelType LIST = ListType.create(SimpleType.DYN);
  public static final CelType STRINGS = ListType.create(SimpleType.STRING);

  private JavaTypes() {}

  static Class<?> classOf(CelType type) {
    if (type.equals(QUANTITY)) {
      return CelQuantity.class;
    }
    if (type.equals(URL)) {
      return java.net.URI.class;
    }
    if (type.equals(IP)) {
      return IpAddress.class;
    }
    if (type.equals(CIDR)) {
      return IpRange.class;
    }
    if (type.equals(SEMVER)) {
      return Semver.class;
    }
    if (type.equals(FORMAT)) {
      return Format.class;
    }
    if (type.equals(SimpleType.STRING)) {
      return String.class;
    }
    if (type.equals(SimpleType.INT)) {
      return Long.class;
    }
    if (type.equals(SimpleType.BOOL)) {
      return Boolean.class;
    }
    return type instanceof ListType ? List.class : Object.class;
  }
}
