package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.rest.Defaulting;

/// What a pod, or a pod template, gets that its manifest leaves out.
///
/// Models SetDefaults_Pod and SetDefaults_PodSpec in pkg/apis/core/v1/defaults.go.
public final class PodDefaults {
  private static final long GRACE_PERIOD_SECONDS = 30;

  private PodDefaults() {}

  static JsonObject pod(JsonObject pod) {
    return Defaulting.within(pod, "spec", PodDefaults::ofPodOnly);
  }

  /// The defaults of the pod template below a field.
  public static JsonObject template(JsonObject spec, String field) {
    return Defaulting.within(
        spec,
        field,
        template ->
            Defaulting.within(
                Defaulting.pointer(template, "metadata", JsonObject.EMPTY),
                "spec",
                PodDefaults::spec));
  }

  /// What templates do not get, so that it may change for pods to come.
  private static JsonObject ofPodOnly(JsonObject spec) {
    JsonObject set = Defaulting.each(spec, "containers", PodDefaults::requestsFromLimits);
    set = Defaulting.each(set, "initContainers", PodDefaults::requestsFromLimits);
    set = withPodRequests(set);
    set = Defaulting.pointer(set, "enableServiceLinks", Json.of(true));
    if (spec.bool("hostNetwork")) {
      set = Defaulting.each(set, "containers", PodDefaults::hostPorts);
      set = Defaulting.each(set, "initContainers", PodDefaults::hostPorts);
    }
    return spec(set);
  }

  /// A pod with limits as a whole requests what its containers do, or else its limits. Models
  /// defaultPodRequests.
  private static JsonObject withPodRequests(JsonObject spec) {
    JsonObject limits = spec.object("resources", "limits");
    if (limits.isEmpty()) {
      return spec;
    }
    JsonObject.Builder ofContainers = JsonObject.builder();
    ContainerRequests.total(spec)
        .forEach(
            (name, amount) -> {
              if (name.equals("cpu") || name.equals("memory")) {
                ofContainers.put(name, amount.toString());
              }
            });
    JsonObject requests =
        Defaulting.union(
            Defaulting.union(spec.object("resources", "requests"), ofContainers.build()), limits);
    return spec.withAt(requests, "resources", "requests");
  }

  private static JsonObject requestsFromLimits(JsonObject container) {
    return Defaulting.within(
        container,
        "resources",
        resources ->
            resources.has("limits")
                ? resources.with(
                    "requests",
                    Defaulting.union(resources.object("requests"), resources.object("limits")))
                : resources);
  }

  private static JsonObject hostPorts(JsonObject container) {
    return Defaulting.each(
        container,
        "ports",
        port -> Defaulting.number(port, "hostPort", port.integer(0, "containerPort")));
  }

  static JsonObject spec(JsonObject spec) {
    JsonObject set = Defaulting.value(spec, "dnsPolicy", "ClusterFirst");
    set = Defaulting.value(set, "restartPolicy", "Always");
    set = Defaulting.pointer(set, "securityContext", JsonObject.EMPTY);
    set = Defaulting.pointer(set, "terminationGracePeriodSeconds", Json.of(GRACE_PERIOD_SECONDS));
    set = Defaulting.value(set, "schedulerName", "default-scheduler");
    set = Defaulting.within(set, "resources", ContainerDefaults::canonicalResources);
    set = Defaulting.each(set, "volumes", VolumeDefaults::of);
    for (String containers : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      set = Defaulting.each(set, containers, ContainerDefaults::of);
    }
    return withServiceAccount(set);
  }

  /// The old field `serviceAccount` always says what `serviceAccountName` says. Models the
  /// conversions of pkg/apis/core/v1/conversion.go.
  static JsonObject withServiceAccount(JsonObject spec) {
    String name = spec.string("serviceAccountName");
    if (name.isEmpty()) {
      name = spec.string("serviceAccount");
    }
    return name.isEmpty()
        ? spec
        : spec.with("serviceAccountName", name).with("serviceAccount", name);
  }
}
