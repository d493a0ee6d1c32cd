package dev.drydock.cluster.registry.core.service;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// Warns of what a service asks for in vain. Models pkg/api/service/warnings.go.
final class ServiceWarnings {
  private static final String HINTS = "service.kubernetes.io/topology-aware-hints";

  private ServiceWarnings() {}

  static ImmutableList<String> of(JsonObject service) {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    JsonObject spec = service.object("spec");
    String type = spec.string("type");
    boolean externallyReached = !spec.array("externalIPs").isEmpty();
    if (ObjectMeta.annotations(service).containsKey(HINTS)) {
      warnings.add(
          "annotation "
              + HINTS
              + " is deprecated, please use service.kubernetes.io/topology-mode instead");
    }
    if (type.equals("ClusterIP") && spec.string("clusterIP").equals("None")) {
      if (!spec.string("loadBalancerIP").isEmpty()) {
        warnings.add("spec.loadBalancerIP is ignored for headless services");
      }
      if (externallyReached) {
        warnings.add("spec.externalIPs is ignored for headless services");
      }
      if (!spec.string("sessionAffinity").equals("None")) {
        warnings.add("spec.SessionAffinity is ignored for headless services");
      }
    }
    if (type.equals("ExternalName") && externallyReached) {
      warnings.add("spec.externalIPs is ignored when spec.type is \"ExternalName\"");
    }
    if (!type.equals("ExternalName") && !spec.string("externalName").isEmpty()) {
      warnings.add("spec.externalName is ignored when spec.type is not \"ExternalName\"");
    }
    if (spec.string("trafficDistribution").equals("PreferClose")) {
      warnings.add(
          "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"");
    }
    return warnings.build();
  }
}
