package dev.drydock.cluster.controller.autoregister;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import java.time.Instant;

/// What APIService objects say: the order in which clients prefer groups and versions, and who
/// answers for them. Models pkg/controlplane/apiserver/aggregator.go.
final class ApiServices {
  private static final String MANAGED = "kube-aggregator.kubernetes.io/automanaged";
  private static final String METRICS = "metrics.k8s.io";

  private record Priority(int group, int version) {}

  private static final Priority CUSTOM = new Priority(1000, 100);

  private static final ImmutableMap<String, Priority> BUILT_IN =
      ImmutableMap.<String, Priority>builder()
          .put("v1", new Priority(18_000, 1))
          .put("apps/v1", new Priority(17_800, 15))
          .put("events.k8s.io/v1", new Priority(17_750, 15))
          .put("authentication.k8s.io/v1", new Priority(17_700, 15))
          .put("authorization.k8s.io/v1", new Priority(17_600, 15))
          .put("autoscaling/v1", new Priority(17_500, 15))
          .put("autoscaling/v2", new Priority(17_500, 30))
          .put("batch/v1", new Priority(17_400, 15))
          .put("certificates.k8s.io/v1", new Priority(17_300, 15))
          .put("networking.k8s.io/v1", new Priority(17_200, 15))
          .put("policy/v1", new Priority(17_100, 15))
          .put("rbac.authorization.k8s.io/v1", new Priority(17_000, 15))
          .put("storage.k8s.io/v1", new Priority(16_800, 15))
          .put("apiextensions.k8s.io/v1", new Priority(16_700, 15))
          .put("admissionregistration.k8s.io/v1", new Priority(16_700, 15))
          .put("scheduling.k8s.io/v1", new Priority(16_600, 15))
          .put("coordination.k8s.io/v1", new Priority(16_500, 15))
          .put("node.k8s.io/v1", new Priority(16_300, 15))
          .put("discovery.k8s.io/v1", new Priority(16_200, 15))
          .put("resource.k8s.io/v1", new Priority(16_200, 21))
          .put("flowcontrol.apiserver.k8s.io/v1", new Priority(16_100, 21))
          .buildOrThrow();

  private ApiServices() {}

  static String name(GroupVersion groupVersion) {
    return groupVersion.version() + "." + groupVersion.group();
  }

  static JsonObject object(GroupVersion groupVersion, boolean custom) {
    JsonObject.Builder metadata = JsonObject.builder().put("name", name(groupVersion));
    boolean metrics = groupVersion.group().equals(METRICS);
    if (metrics) {
      metadata.put("labels", JsonObject.of("k8s-app", Json.of("metrics-server")));
    } else {
      metadata.put("labels", JsonObject.of(MANAGED, Json.of(custom ? "true" : "onstart")));
    }
    return JsonObject.of(
        "metadata",
        metadata.build(),
        "spec",
        metrics ? metricsSpec(groupVersion) : localSpec(groupVersion));
  }

  private static JsonObject localSpec(GroupVersion groupVersion) {
    Priority priority = BUILT_IN.getOrDefault(groupVersion.toString(), CUSTOM);
    return JsonObject.builder()
        .putUnlessEmpty("group", groupVersion.group())
        .put("groupPriorityMinimum", priority.group())
        .put("version", groupVersion.version())
        .put("versionPriority", priority.version())
        .build();
  }

  private static JsonObject metricsSpec(GroupVersion groupVersion) {
    JsonObject service =
        JsonObject.builder()
            .put("name", "metrics-server")
            .put("namespace", "kube-system")
            .put("port", 443)
            .build();
    return JsonObject.builder()
        .put("group", groupVersion.group())
        .put("groupPriorityMinimum", 100)
        .put("insecureSkipTLSVerify", true)
        .put("service", service)
        .put("version", groupVersion.version())
        .put("versionPriority", 100)
        .build();
  }

  /// A service of the server itself is always available; the one of metrics is simulated.
  static JsonObject available(JsonObject service, Instant now) {
    boolean local = !service.object("spec").has("service");
    JsonObject condition =
        JsonObject.builder()
            .put("lastTransitionTime", Times.seconds(now))
            .put("message", local ? "Local APIServices are always available" : "all checks passed")
            .put("reason", local ? "Local" : "Passed")
            .put("status", "True")
            .put("type", "Available")
            .build();
    return service.with("status", JsonObject.of("conditions", JsonArray.of(condition)));
  }

  /// `onstart`, `true` (for as long as a definition has the version), or empty: somebody else's.
  static String managed(JsonObject service) {
    return ObjectMeta.labels(service).getOrDefault(MANAGED, "");
  }

  static boolean answersByItself(JsonObject service) {
    return !service.object("spec").has("service")
        || service.string("spec", "group").equals(METRICS);
  }
}
