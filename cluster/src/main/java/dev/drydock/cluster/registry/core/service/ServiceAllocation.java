package dev.drydock.cluster.registry.core.service;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gives a service its cluster address and its node ports. What is taken is read from the services
/// in the store, so that there is nothing to release and nothing to repair.
///
/// Models pkg/registry/core/service/storage/alloc.go for a cluster with IPv4 alone.
final class ServiceAllocation {
  private static final FieldPath SPEC = FieldPath.of("spec");

  private final StrategyContext context;
  private final FieldErrors errors = new FieldErrors();

  ServiceAllocation(StrategyContext context) {
    this.context = context;
  }

  /// @throws StatusException where what the service asks for is taken or out of range
  JsonObject allocated(JsonObject service, JsonObject wanted) {
    if (Services.isType(wanted, "ExternalName")) {
      return service.with("spec", wanted);
    }
    ClusterIpValidation.validate(wanted, errors);
    refuse(service);
    JsonObject spec = withFamilies(wanted);
    refuse(service);
    spec = withClusterIp(spec, service);
    refuse(service);
    spec = withNodePorts(spec, service);
    refuse(service);
    return service.with("spec", spec);
  }

  private void refuse(JsonObject service) {
    if (!errors.isEmpty()) {
      throw StatusException.invalid(
          new GroupResourceName("", "Service", ObjectMeta.name(service)), errors.list());
    }
  }

  private JsonObject withFamilies(JsonObject spec) {
    if (!Services.needsClusterIp(spec)) {
      return spec;
    }
    if (Services.isHeadless(spec) && spec.object("selector").isEmpty()) {
      return Defaulting.value(
          spec.array("ipFamilies").isEmpty()
              ? spec.with("ipFamilies", JsonArray.ofStrings(List.of("IPv4", "IPv6")))
              : spec,
          "ipFamilyPolicy",
          "RequireDualStack");
    }
    if (spec.string("ipFamilyPolicy").equals("RequireDualStack")) {
      errors.invalid(
          SPEC.child("ipFamilyPolicy"),
          "RequireDualStack",
          "this cluster is not configured for dual-stack services");
    }
    if (spec.array("ipFamilies").strings().anyMatch("IPv6"::equals)) {
      int index = spec.array("ipFamilies").strings().toList().indexOf("IPv6");
      errors.invalid(
          SPEC.child("ipFamilies").index(index), "IPv6", "not configured on this cluster");
    }
    JsonObject families =
        spec.array("ipFamilies").isEmpty()
            ? spec.with("ipFamilies", JsonArray.ofStrings(List.of("IPv4")))
            : spec;
    return Defaulting.value(families, "ipFamilyPolicy", "SingleStack");
  }

  private JsonObject withClusterIp(JsonObject spec, JsonObject service) {
    if (!Services.needsClusterIp(spec) || Services.isHeadless(spec)) {
      return spec;
    }
    Set<String> taken = new HashSet<>();
    others(service).forEach(other -> other.array("clusterIPs").strings().forEach(taken::add));
    String asked = spec.string("clusterIP");
    if (asked.isEmpty()) {
      String free = ServiceRange.freeAddress(taken, context.transaction().random());
      return spec.with("clusterIP", free).with("clusterIPs", JsonArray.ofStrings(List.of(free)));
    }
    String wrong =
        !ServiceRange.containsAddress(asked)
            ? "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
                .formatted(asked, ServiceRange.ADDRESSES)
            : taken.contains(asked) ? "provided IP is already allocated" : "";
    if (!wrong.isEmpty()) {
      errors.invalid(
          SPEC.child("clusterIPs"),
          JsonArray.ofStrings(List.of(asked)),
          "failed to allocate IP " + asked + ": " + wrong);
    }
    return spec;
  }

  private List<JsonObject> others(JsonObject service) {
    return context
        .transaction()
        .store()
        .list("services", "")
        .map(stored -> stored.object())
        .filter(other -> !isSame(other, service))
        .map(other -> other.object("spec"))
        .toList();
  }

  private static boolean isSame(JsonObject one, JsonObject other) {
    return ObjectMeta.name(one).equals(ObjectMeta.name(other))
        && ObjectMeta.namespace(one).equals(ObjectMeta.namespace(other));
  }

  private JsonObject withNodePorts(JsonObject spec, JsonObject service) {
    NodePorts ports = new NodePorts(context.transaction().random(), errors);
    others(service).forEach(ports::take);
    JsonObject allocated = spec;
    if (Services.needsNodePort(spec)) {
      allocated = ports.allocated(spec);
    }
    if (Services.needsHealthCheckPort(spec) && spec.integer(0, "healthCheckNodePort") == 0) {
      allocated = allocated.with("healthCheckNodePort", Json.of(ports.free()));
    }
    return allocated;
  }
}
