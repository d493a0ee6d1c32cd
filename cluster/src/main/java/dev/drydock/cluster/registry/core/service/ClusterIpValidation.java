package dev.drydock.cluster.registry.core.service;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import java.util.HashSet;
import java.util.Set;

/// Checks that the addresses of a service and their families fit together.
///
/// Models ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation.
final class ClusterIpValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath CLUSTER_IPS = SPEC.child("clusterIPs");
  private static final ImmutableList<String> FAMILIES = ImmutableList.of("IPv4", "IPv6");
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("PreferDualStack", "RequireDualStack", "SingleStack");
  private static final int ADDRESSES_MAX = 2;

  private ClusterIpValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    if (Services.isType(spec, "ExternalName")) {
      return;
    }
    validateFirst(spec, errors);
    Set<String> families = new HashSet<>();
    Elements.eachString(
        spec.array("ipFamilies"),
        SPEC.child("ipFamilies"),
        (family, path) -> {
          if (!FAMILIES.contains(family)) {
            errors.notSupported(path, family, FAMILIES);
          }
          if (!families.add(family)) {
            errors.duplicate(path, new JsonString(family));
          }
        });
    String policy = spec.string("ipFamilyPolicy");
    if (!policy.isEmpty() && !POLICIES.contains(policy)) {
      errors.notSupported(SPEC.child("ipFamilyPolicy"), policy, POLICIES);
    }
    validateAddresses(spec.array("clusterIPs"), errors);
  }

  private static void validateFirst(JsonObject spec, FieldErrors errors) {
    String one = spec.string("clusterIP");
    JsonArray several = spec.array("clusterIPs");
    if (one.isEmpty()) {
      if (!several.isEmpty()) {
        errors.invalid(CLUSTER_IPS, several, "must be empty when `clusterIP` is not specified");
      }
    } else if (several.isEmpty()) {
      errors.required(CLUSTER_IPS, "");
    } else if (!several.get(0).equals(new JsonString(one))) {
      errors.invalid(CLUSTER_IPS.index(0), several.get(0), "first value must match `clusterIP`");
    }
  }

  private static void validateAddresses(JsonArray addresses, FieldErrors errors) {
    Elements.eachString(
        addresses,
        CLUSTER_IPS,
        (address, path) -> {
          if (address.equals(Services.NONE) && path.equals(CLUSTER_IPS.index(0))) {
            if (addresses.size() > 1) {
              errors.invalid(CLUSTER_IPS, addresses, "'None' must be the first and only value");
            }
          } else {
            Formats.ip(address).forEach(wrong -> errors.invalid(path, address, wrong));
          }
        });
    if (addresses.size() > ADDRESSES_MAX) {
      errors.invalid(CLUSTER_IPS, addresses, "may only hold up to 2 values");
    }
  }
}
