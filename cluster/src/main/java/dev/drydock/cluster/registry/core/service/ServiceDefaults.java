package dev.drydock.cluster.registry.core.service;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.registry.rest.Defaulting;
import java.util.List;

/// What a service gets that its manifest leaves out. Models SetDefaults_Service in
/// pkg/apis/core/v1/defaults.go.
final class ServiceDefaults {
  private static final long AFFINITY_SECONDS = 10_800;

  private ServiceDefaults() {}

  static JsonObject spec(JsonObject given) {
    JsonObject spec = affinity(Defaulting.value(given, "sessionAffinity", "None"));
    spec = Defaulting.value(spec, "type", "ClusterIP");
    spec = Defaulting.each(spec, "ports", ServiceDefaults::port);
    spec = withSameAddresses(spec);
    if (Services.isExternallyAccessible(spec)) {
      spec = Defaulting.value(spec, "externalTrafficPolicy", "Cluster");
    }
    if (Services.needsClusterIp(spec)) {
      spec = Defaulting.value(spec, "internalTrafficPolicy", "Cluster");
    }
    return Services.isType(spec, "LoadBalancer")
        ? Defaulting.pointer(spec, "allocateLoadBalancerNodePorts", Json.of(true))
        : spec;
  }

  private static JsonObject affinity(JsonObject spec) {
    return switch (spec.string("sessionAffinity")) {
      case "None" -> spec.without("sessionAffinityConfig");
      case "ClientIP" ->
          spec.at("sessionAffinityConfig", "clientIP", "timeoutSeconds") == null
              ? spec.withAt(
                  Json.of(AFFINITY_SECONDS), "sessionAffinityConfig", "clientIP", "timeoutSeconds")
              : spec;
      default -> spec;
    };
  }

  private static JsonObject port(JsonObject given) {
    JsonObject port = Defaulting.value(given, "protocol", "TCP");
    Json target = port.get("targetPort");
    boolean missing =
        target == null
            || target instanceof JsonString(String name) && name.isEmpty()
            || target instanceof JsonNumber number && number.longValue() == 0;
    return missing ? port.with("targetPort", Json.of(port.integer(0, "port"))) : port;
  }

  /// The old field for one address and the new one for several say the same. Models
  /// normalizeClusterIPs for new services.
  static JsonObject withSameAddresses(JsonObject spec) {
    String one = spec.string("clusterIP");
    JsonArray several = spec.array("clusterIPs");
    if (several.isEmpty()) {
      return one.isEmpty() ? spec : spec.with("clusterIPs", JsonArray.ofStrings(List.of(one)));
    }
    return spec;
  }
}
