package dev.drydock.cluster.registry.core.service;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.List;
import java.util.Objects;

/// What a changed service keeps of what it was given, what its new type drops, and what may not
/// change.
///
/// Models patchAllocatedValues and dropTypeDependentFields in pkg/registry/core/service.
final class ServiceUpdates {
  private static final FieldPath SPEC = FieldPath.of("spec");

  private ServiceUpdates() {}

  static JsonObject patched(JsonObject wanted, JsonObject old) {
    JsonObject spec = withAddresses(wanted, old);
    if (Services.needsNodePort(spec) && Services.needsNodePort(old)) {
      spec = withNodePorts(spec, old);
    }
    if (Services.needsHealthCheckPort(spec)
        && Services.needsHealthCheckPort(old)
        && spec.integer(0, "healthCheckNodePort") == 0) {
      spec = Strategy.withFieldOf(spec, old, "healthCheckNodePort");
    }
    return withoutForeignFields(spec, old);
  }

  private static JsonObject withAddresses(JsonObject wanted, JsonObject old) {
    if (!Services.needsClusterIp(wanted) || !Services.needsClusterIp(old)) {
      return wanted;
    }
    JsonObject spec = wanted;
    if (spec.string("clusterIP").isEmpty() && spec.array("clusterIPs").isEmpty()) {
      return withFieldsOf(spec, old, "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy");
    }
    boolean oneChanged = !spec.string("clusterIP").equals(old.string("clusterIP"));
    if (oneChanged && Objects.equals(spec.get("clusterIPs"), old.get("clusterIPs"))) {
      String one = spec.string("clusterIP");
      spec =
          one.isEmpty()
              ? spec.without("clusterIPs")
              : spec.with("clusterIPs", JsonArray.ofStrings(List.of(one)));
    }
    return spec.array("ipFamilies").isEmpty()
        ? withFieldsOf(spec, old, "ipFamilies", "ipFamilyPolicy")
        : spec;
  }

  private static JsonObject withFieldsOf(JsonObject spec, JsonObject old, String... fields) {
    JsonObject with = spec;
    for (String field : fields) {
      with = with.has(field) ? with : Strategy.withFieldOf(with, old, field);
    }
    return with;
  }

  private static JsonObject withNodePorts(JsonObject spec, JsonObject old) {
    JsonArray ports =
        spec.array("ports")
            .map(
                item ->
                    item instanceof JsonObject port && port.integer(0, "nodePort") == 0
                        ? withNodePortOf(port, old)
                        : item);
    return spec.has("ports") ? spec.with("ports", ports) : spec;
  }

  private static Json withNodePortOf(JsonObject port, JsonObject old) {
    return old.array("ports")
        .objects()
        .filter(
            before ->
                before.integer(0, "port") == port.integer(0, "port")
                    && before.string("protocol").equals(port.string("protocol"))
                    && before.integer(0, "nodePort") != 0)
        .findFirst()
        .map(before -> port.with("nodePort", Json.of(before.integer(0, "nodePort"))))
        .orElse(port);
  }

  /// Fields of the old type that the request did not touch go with the type.
  private static JsonObject withoutForeignFields(JsonObject wanted, JsonObject old) {
    JsonObject spec = wanted;
    if (Services.needsClusterIp(old) && !Services.needsClusterIp(spec)) {
      for (String field :
          new String[] {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
        spec = Objects.equals(spec.get(field), old.get(field)) ? spec.without(field) : spec;
      }
    }
    if (Services.needsNodePort(old) && !Services.needsNodePort(spec)) {
      spec = withoutNodePorts(spec, old);
    }
    if (Services.needsHealthCheckPort(old) && !Services.needsHealthCheckPort(spec)) {
      spec = spec.without("healthCheckNodePort");
    }
    if (Services.isType(old, "LoadBalancer") && !Services.isType(spec, "LoadBalancer")) {
      spec = spec.without("allocateLoadBalancerNodePorts").without("loadBalancerClass");
    }
    if (Services.isExternallyAccessible(old) && !Services.isExternallyAccessible(spec)) {
      spec = spec.without("externalTrafficPolicy");
    }
    return Services.isType(old, "ExternalName") && !Services.isType(spec, "ExternalName")
        ? spec.without("externalName")
        : spec;
  }

  private static JsonObject withoutNodePorts(JsonObject spec, JsonObject old) {
    List<Long> before =
        old.array("ports").objects().map(port -> port.integer(0, "nodePort")).toList();
    JsonArray ports =
        spec.array("ports")
            .map(
                item ->
                    item instanceof JsonObject port && before.contains(port.integer(0, "nodePort"))
                        ? port.without("nodePort")
                        : item);
    return spec.with("ports", ports);
  }

  static void validate(JsonObject spec, JsonObject old, FieldErrors errors) {
    if (!Services.needsClusterIp(spec) || !Services.needsClusterIp(old)) {
      return;
    }
    JsonArray before = old.array("clusterIPs");
    JsonArray now = spec.array("clusterIPs");
    if (!before.isEmpty() && !now.isEmpty() && !before.get(0).equals(now.get(0))) {
      errors.invalid(SPEC.child("clusterIPs").index(0), now, "may not change once set");
    }
    JsonArray families = spec.array("ipFamilies");
    JsonArray oldFamilies = old.array("ipFamilies");
    if (!oldFamilies.isEmpty()
        && !families.isEmpty()
        && !oldFamilies.get(0).equals(families.get(0))) {
      errors.invalid(SPEC.child("ipFamilies").index(0), families, "may not change once set");
    }
    if (Services.isType(spec, "LoadBalancer")
        && Services.isType(old, "LoadBalancer")
        && !spec.string("loadBalancerClass").equals(old.string("loadBalancerClass"))) {
      errors.invalid(
          SPEC.child("loadBalancerClass"),
          spec.string("loadBalancerClass"),
          "may not change once set");
    }
    if (Services.needsHealthCheckPort(spec)
        && Services.needsHealthCheckPort(old)
        && spec.integer(0, "healthCheckNodePort") != old.integer(0, "healthCheckNodePort")) {
      errors.forbidden(SPEC.child("healthCheckNodePort"), "field is immutable");
    }
  }
}
