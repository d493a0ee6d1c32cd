package dev.drydock.cluster.registry.core.service;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;

/// Checks a service. Models ValidateService in pkg/apis/core/validation.
final class ServiceValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> TYPES =
      ImmutableList.of("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
  private static final ImmutableList<String> AFFINITIES = ImmutableList.of("ClientIP", "None");
  private static final ImmutableList<String> POLICIES = ImmutableList.of("Cluster", "Local");
  private static final ImmutableList<String> DISTRIBUTIONS =
      ImmutableList.of("PreferClose", "PreferSameNode", "PreferSameZone");
  private static final long AFFINITY_SECONDS_MAX = 86_400;

  private ServiceValidation() {}

  static void validate(JsonObject service, FieldErrors errors) {
    JsonObject spec = service.object("spec");
    boolean headless = Services.isHeadless(spec);
    if (spec.array("ports").isEmpty() && !headless && !Services.isType(spec, "ExternalName")) {
      errors.required(SPEC.child("ports"), "");
    }
    switch (spec.string("type")) {
      case "LoadBalancer", "NodePort" -> {
        if (headless) {
          errors.invalid(
              SPEC.child("clusterIPs").index(0),
              Services.NONE,
              "may not be set to 'None' for " + spec.string("type") + " services");
        }
      }
      case "ExternalName" -> validateExternalName(spec, errors);
      default -> {
        // Unknown types are refused below, in upstream's order.
      }
    }
    ServicePortValidation.validate(spec.array("ports"), errors);
    ImmutableMap<String, String> selector = spec.strings("selector");
    ObjectMetaValidation.validateLabels(selector, SPEC.child("selector"), errors);
    validateAffinity(spec, errors);
    ClusterIpValidation.validate(spec, errors);
    Elements.eachString(
        spec.array("externalIPs"),
        SPEC.child("externalIPs"),
        (ip, path) -> SpecialAddresses.validate(ip, path, errors));
    validateOneOf(spec, "type", TYPES, true, errors);
    ServicePortValidation.validateNumbers(spec, errors);
    validateLoadBalancer(spec, errors);
    validateTraffic(spec, errors);
  }

  private static void validateExternalName(JsonObject spec, FieldErrors errors) {
    for (String field : new String[] {"clusterIPs", "ipFamilies", "ipFamilyPolicy"}) {
      if (spec.has(field) && !JsonArray.EMPTY.equals(spec.get(field))) {
        errors.forbidden(SPEC.child(field), "may not be set for ExternalName services");
      }
    }
    String name = spec.string("externalName");
    String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    FieldPath path = SPEC.child("externalName");
    if (bare.isEmpty()) {
      errors.required(path, "");
    } else {
      Names.dns1123Subdomain(bare).forEach(wrong -> errors.invalid(path, bare, wrong));
    }
  }

  private static void validateAffinity(JsonObject spec, FieldErrors errors) {
    validateOneOf(spec, "sessionAffinity", AFFINITIES, true, errors);
    FieldPath path = SPEC.child("sessionAffinityConfig");
    if (spec.string("sessionAffinity").equals("ClientIP")) {
      long seconds = spec.integer(0, "sessionAffinityConfig", "clientIP", "timeoutSeconds");
      if (seconds <= 0 || seconds > AFFINITY_SECONDS_MAX) {
        errors.invalid(
            path.child("clientIP").child("timeoutSeconds"),
            seconds,
            "must be greater than 0 and less than " + AFFINITY_SECONDS_MAX);
      }
    }
  }

  private static void validateOneOf(
      JsonObject spec,
      String field,
      ImmutableList<String> supported,
      boolean required,
      FieldErrors errors) {
    String value = spec.string(field);
    if (value.isEmpty()) {
      if (required) {
        errors.required(SPEC.child(field), "");
      }
    } else if (!supported.contains(value)) {
      errors.notSupported(SPEC.child(field), value, supported);
    }
  }

  private static void validateLoadBalancer(JsonObject spec, FieldErrors errors) {
    boolean balanced = Services.isType(spec, "LoadBalancer");
    FieldPath ranges = SPEC.child("LoadBalancerSourceRanges");
    if (!spec.array("loadBalancerSourceRanges").isEmpty() && !balanced) {
      errors.forbidden(ranges, "may only be used when `type` is 'LoadBalancer'");
    }
    Elements.eachString(
        spec.array("loadBalancerSourceRanges"),
        ranges,
        (range, path) ->
            Formats.cidr(range.strip())
                .forEach(wrong -> errors.invalid(path, range.strip(), wrong)));
    if (spec.has("allocateLoadBalancerNodePorts") && !balanced) {
      errors.forbidden(
          SPEC.child("allocateLoadBalancerNodePorts"),
          "may only be used when `type` is 'LoadBalancer'");
    }
    String loadBalancerClass = spec.string("loadBalancerClass");
    FieldPath path = SPEC.child("loadBalancerClass");
    if (spec.has("loadBalancerClass")) {
      if (!balanced) {
        errors.forbidden(path, "may only be used when `type` is 'LoadBalancer'");
      } else {
        Names.qualifiedName(loadBalancerClass)
            .forEach(wrong -> errors.invalid(path, loadBalancerClass, wrong));
      }
    }
  }

  private static void validateTraffic(JsonObject spec, FieldErrors errors) {
    String external = spec.string("externalTrafficPolicy");
    if (Services.isExternallyAccessible(spec)) {
      validateOneOf(spec, "externalTrafficPolicy", POLICIES, true, errors);
    } else if (!external.isEmpty()) {
      errors.invalid(
          SPEC.child("externalTrafficPolicy"),
          external,
          "may only be set for externally-accessible services");
    }
    long healthCheck = spec.integer(0, "healthCheckNodePort");
    if (!Services.needsHealthCheckPort(spec) && healthCheck != 0) {
      errors.invalid(
          SPEC.child("healthCheckNodePort"),
          Json.of(healthCheck),
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
    validateOneOf(spec, "internalTrafficPolicy", POLICIES, Services.needsClusterIp(spec), errors);
    validateOneOf(spec, "trafficDistribution", DISTRIBUTIONS, false, errors);
  }
}
