package dev.drydock.grader.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.drydock.grader.evidence.Evidence;
import java.util.List;

/// The CEL types of this library and the Java classes that hold their values.
final class JavaTypes {
  static final CelType CLUSTER = OpaqueType.create("drydock.Cluster");
  static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
  static final CelType URL = OpaqueType.create("kubernetes.URL");
  static final CelType IP = OpaqueType.create("net.IP");
  static final CelType CIDR = OpaqueType.create("net.CIDR");

  static final CelType LIST = ListType.create(SimpleType.DYN);
  static final CelType STRINGS = ListType.create(SimpleType.STRING);

  private JavaTypes() {}

  static Class<?> classOf(CelType type) {
    if (type.equals(CLUSTER)) {
      return Evidence.class;
    }
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
    if (type.equals(SimpleType.STRING)) {
      return String.class;
    }
    if (type.equals(SimpleType.INT)) {
      return Long.class;
    }
    return type instanceof ListType ? List.class : Object.class;
  }
}
