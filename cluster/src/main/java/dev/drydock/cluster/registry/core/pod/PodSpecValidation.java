package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;
import java.util.HashSet;
import java.util.Set;

/// Checks the spec of a pod or of a pod template, in upstream's order.
///
/// Models ValidatePodSpec in pkg/apis/core/validation.
final class PodSpecValidation {
  private static final ImmutableList<String> RESTART_POLICIES =
      ImmutableList.of("Always", "OnFailure", "Never");
  private static final ImmutableList<String> PREEMPTION =
      ImmutableList.of("PreemptLowerPriority", "Never");

  private final JsonObject spec;
  private final FieldPath path;
  private final String podName;
  private final boolean isPod;
  private final FieldErrors errors;

  private PodSpecValidation(
      JsonObject spec, FieldPath path, String podName, boolean isPod, FieldErrors errors) {
    this.spec = spec;
    this.path = path;
    this.podName = podName;
    this.isPod = isPod;
    this.errors = errors;
  }

  static void ofPod(JsonObject pod, FieldPath path, FieldErrors errors) {
    String name = ObjectMeta.name(pod);
    new PodSpecValidation(pod.object("spec"), path, name, true, errors).validate();
  }

  static void ofTemplate(JsonObject spec, FieldPath path, FieldErrors errors) {
    new PodSpecValidation(spec, path, "", false, errors).validate();
  }

  private void validate() {
    ImmutableMap<String, JsonObject> volumes =
        new VolumeValidation(podName, isPod, errors)
            .validate(spec.array("volumes"), path.child("volumes"));
    ResourceClaims.validate(spec, path.child("resourceClaims"), errors);
    ContainerValidation common = new ContainerValidation(spec, volumes, errors);
    new ContainersValidation(spec, path, common, errors).validate();
    PodResourcesValidation.validate(spec, path.child("resources"), errors);
    PodSecurityContextValidation.validateHostNetwork(spec, isPod, path, errors);
    Choices.required(spec, "restartPolicy", path.child("restartPolicy"), RESTART_POLICIES, errors);
    PodDnsValidation.validatePolicy(spec, path, errors);
    ObjectMetaValidation.validateLabels(
        spec.strings("nodeSelector"), path.child("nodeSelector"), errors);
    PodSecurityContextValidation.validate(spec, path.child("securityContext"), errors);
    new AffinityValidation(errors).validate(spec.object("affinity"), path.child("affinity"));
    PodDnsValidation.validateConfig(spec, path.child("dnsConfig"), errors);
    validateGates();
    new TopologySpreadValidation(isPod, errors)
        .validate(spec.array("topologySpreadConstraints"), path.child("topologySpreadConstraints"));
    PodSecurityContextValidation.validateHostUsers(spec, path, errors);
    validateNames();
    TolerationValidation.validate(spec.array("tolerations"), path.child("tolerations"), errors);
    PodDnsValidation.validateHostAliases(
        spec.array("hostAliases"), path.child("hostAliases"), errors);
    validateSubdomain("priorityClassName");
    validateSubdomain("runtimeClassName");
    Choices.optional(spec, "preemptionPolicy", path.child("preemptionPolicy"), PREEMPTION, errors);
    ResourcesValidation.ofContainer(ImmutableList.of(), errors)
        .validate(JsonObject.of("limits", spec.object("overhead")), path.child("overhead"));
    OperatingSystems.validate(spec, path, errors);
  }

  private void validateGates() {
    Elements.each(
        spec.array("readinessGates"),
        path.child("readinessGates"),
        (gate, at) -> {
          String type = gate.string("conditionType");
          errors.invalid(at.child("conditionType"), type, Names.qualifiedName(type));
        });
    Set<String> seen = new HashSet<>();
    JsonArray gates = spec.array("schedulingGates");
    Elements.each(
        gates,
        path.child("schedulingGates"),
        (gate, at) -> {
          String name = gate.string("name");
          errors.invalid(at, name, Names.qualifiedName(name));
          if (!seen.add(name)) {
            errors.duplicate(at, new JsonString(name));
          }
        });
  }

  private void validateNames() {
    validateSubdomain("serviceAccountName");
    validateSubdomain("nodeName");
    if (spec.has("activeDeadlineSeconds")) {
      long seconds = spec.integer(0, "activeDeadlineSeconds");
      if (seconds < 1 || seconds > Integer.MAX_VALUE) {
        errors.invalid(
            path.child("activeDeadlineSeconds"),
            seconds,
            Formats.inclusiveRange(1, Integer.MAX_VALUE));
      }
    }
    for (String field : new String[] {"hostname", "subdomain"}) {
      String name = spec.string(field);
      if (!name.isEmpty()) {
        errors.invalid(path.child(field), name, Names.dns1123Label(name));
      }
    }
  }

  private void validateSubdomain(String field) {
    String name = spec.string(field);
    if (!name.isEmpty()) {
      errors.invalid(path.child(field), name, Names.dns1123Subdomain(name));
    }
  }
}
