package dev.drydock.cluster.registry.core.service;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// What the type of a service entails. Models pkg/api/service/util.go.
final class Services {
  static final String NONE = "None";

  private Services() {}

  static boolean isType(JsonObject spec, String... types) {
    return java.util.List.of(types).contains(spec.string("type"));
  }

  static boolean needsClusterIp(JsonObject spec) {
    return isType(spec, "ClusterIP", "NodePort", "LoadBalancer");
  }

  static boolean needsNodePort(JsonObject spec) {
    return isType(spec, "NodePort")
        || isType(spec, "LoadBalancer") && !explicitlyWithoutNodePorts(spec);
  }

  private static boolean explicitlyWithoutNodePorts(JsonObject spec) {
    return spec.has("allocateLoadBalancerNodePorts") && !spec.bool("allocateLoadBalancerNodePorts");
  }

  static boolean needsHealthCheckPort(JsonObject spec) {
    return isType(spec, "LoadBalancer") && spec.string("externalTrafficPolicy").equals("Local");
  }

  static boolean isExternallyAccessible(JsonObject spec) {
    return isType(spec, "LoadBalancer", "NodePort")
        || isType(spec, "ClusterIP") && !spec.array("externalIPs").isEmpty();
  }

  static boolean isHeadless(JsonObject spec) {
    return spec.array("clusterIPs").strings().toList().equals(java.util.List.of(NONE));
  }
}
