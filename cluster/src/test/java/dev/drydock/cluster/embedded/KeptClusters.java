package dev.drydock.cluster.embedded;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoreEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What tests of saved clusters do to clusters.
final class KeptClusters {
  static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");
  private static final String NAMESPACE = "/api/v1/namespaces/default/";

  private KeptClusters() {}

  static ClusterOptions options(long seed) {
    return ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed);
  }

  static EmbeddedCluster in(Path folder) {
    return EmbeddedCluster.create(options(5), Identities.ofSeed(5), folder);
  }

  /// A config map.
  static ApiResponse put(EmbeddedCluster cluster, String name) {
    return cluster.request(
        ApiRequest.of(
            "POST",
            NAMESPACE + "configmaps",
            ApiRequest.JSON,
            "{\"metadata\": {\"name\": \"%s\"}, \"data\": {\"k\": \"é%s\"}}"
                .formatted(name, name)));
  }

  static boolean has(EmbeddedCluster cluster, String name) {
    return cluster.request(ApiRequest.get(NAMESPACE + "configmaps/" + name)).ok();
  }

  /// A pod of one busybox that runs a script, with an emptyDir at /data.
  static void run(EmbeddedCluster cluster, String name, String policy, String script) {
    ApiResponse created =
        cluster.request(
            ApiRequest.of(
                "POST",
                NAMESPACE + "pods",
                ApiRequest.JSON,
                """
                {"metadata": {"name": "%s"}, "spec": {
                  "restartPolicy": "%s", "terminationGracePeriodSeconds": 1,
                  "volumes": [
                    {"name": "data", "emptyDir": {}},
                    {"name": "host", "hostPath": {"path": "/mnt/h", "type": "DirectoryOrCreate"}},
                    {"name": "nfs", "nfs": {"server": "nfs.local", "path": "/exports"}}],
                  "containers": [{"name": "c", "image": "busybox",
                    "command": ["sh", "-c", "%s"],
                    "volumeMounts": [
                      {"name": "data", "mountPath": "/data"},
                      {"name": "host", "mountPath": "/host"},
                      {"name": "nfs", "mountPath": "/nfs"}]}]}}
                """
                    .formatted(name, policy, script)));
    if (!created.ok()) {
      throw new AssertionError(created.text());
    }
  }

  static JsonObject pod(EmbeddedCluster cluster, String name) {
    return cluster.request(ApiRequest.get(NAMESPACE + "pods/" + name)).object();
  }

  static JsonObject container(EmbeddedCluster cluster, String pod) {
    return pod(cluster, pod)
        .array("status", "containerStatuses")
        .objects()
        .findFirst()
        .orElse(JsonObject.EMPTY);
  }

  static String log(EmbeddedCluster cluster, String pod) {
    return cluster.request(ApiRequest.get(NAMESPACE + "pods/" + pod + "/log")).text();
  }

  static boolean isRunning(EmbeddedCluster cluster, String pod) {
    return container(cluster, pod).object("state").has("running");
  }

  static boolean runsWithin(EmbeddedCluster cluster, String pod) {
    return cluster.runUntil(c -> isRunning(c, pod), Duration.ofMinutes(2));
  }

  /// Every object by its key.
  static Map<String, JsonObject> objects(Store store) {
    Map<String, JsonObject> objects = new TreeMap<>();
    for (StoreEvent event : store.asAdded()) {
      objects.put(event.key().toString(), event.object().object());
    }
    return objects;
  }
}
