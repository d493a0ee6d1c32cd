package dev.drydock.cluster.simulation;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// What people do to a cluster and what befalls it, drawn at random. What is drawn depends on the
/// source of randomness and on the cluster alone.
final class Actions {
  static final String CORE = "/api/v1/namespaces/default/";
  static final String APPS = "/apis/apps/v1/namespaces/default/";
  private static final String BATCH = "/apis/batch/v1/namespaces/default/";
  private static final String POLICY = "/apis/policy/v1/namespaces/default/";
  private static final List<String> NODES =
      List.of("sim-control-plane", "sim-worker1", "sim-worker2");
  private static final List<String> IMAGES =
      List.of("busybox", "busybox", "alpine", "nginx", "example.com/no/such:1");
  private static final List<String> COMMANDS =
      List.of("sleep 100000", "sleep 100000", "sleep 40; exit 1", "exit 0", "sleep 9");

  private final EmbeddedCluster cluster;
  private final RandomGenerator random;

  Actions(EmbeddedCluster cluster, RandomGenerator random) {
    this.cluster = cluster;
    this.random = random;
  }

  /// Does something, and says what.
  String next() {
    return switch (random.nextInt(24)) {
      case 0, 1 -> create(APPS + "deployments", "d", this::deployment);
      case 2 -> create(APPS + "statefulsets", "s", this::statefulSet);
      case 3 -> create(APPS + "daemonsets", "e", this::daemonSet);
      case 4 -> create(BATCH + "jobs", "j", this::job);
      case 5 -> create(CORE + "services", "v", this::service);
      case 6 -> create(POLICY + "poddisruptionbudgets", "b", this::budget);
      case 7 -> create(CORE + "persistentvolumeclaims", "c", this::claim);
      case 8 -> create(CORE + "pods", "p", this::podWithClaim);
      case 9, 10 -> scale();
      case 11 -> change();
      case 12, 13 -> remove();
      case 14 -> node();
      case 15 -> cordon();
      case 16 -> drain();
      case 17 -> removePod();
      case 18 -> conflict();
      case 19 -> pass(Duration.ofMinutes(1 + random.nextInt(12)));
      default -> pass(Duration.ofMillis(random.nextLong(15_000)));
    };
  }

  private interface Manifest {
    String of(String name);
  }

  private String create(String path, String prefix, Manifest manifest) {
    String name = prefix + random.nextInt(3);
    String text = manifest.of(name);
    return call(ApiRequest.of("POST", path, ApiRequest.JSON, text)) + " " + text;
  }

  private String call(ApiRequest request) {
    ApiResponse response = cluster.request(request);
    if (response.status() >= 500 && response.status() != 504) {
      boolean twoBudgets = response.text().contains("more than one PodDisruptionBudget");
      if (!twoBudgets) {
        throw new AssertionError(
            "%s %s: %s".formatted(request.method(), request.target(), response.text()));
      }
    }
    return "%s %s -> %d".formatted(request.method(), request.target(), response.status());
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String workload(String app, String restartPolicy, String command, String more) {
    String image = any(IMAGES);
    String run =
        image.equals("nginx") ? "" : ", \"command\": [\"sh\", \"-c\", \"%s\"]".formatted(command);
    return """
    "metadata": {"labels": {"app": "%s"}}, "spec": {"restartPolicy": "%s",
     "terminationGracePeriodSeconds": %d, "containers": [{"name": "c", "image": "%s"%s, "resources":
     {"requests": {"cpu": "%dm", "memory": "%dMi"}}%s}]"""
        .formatted(
            app,
            restartPolicy,
            random.nextInt(20),
            image,
            run,
            50 + random.nextInt(600),
            16 + random.nextInt(900),
            more)
        .replace("\n", "");
  }

  private String replicated(String name, String more) {
    return """
    {"metadata": {"name": "%1$s"}, "spec": {"replicas": %2$d, "selector": {"matchLabels": {"app": "%1$s"}},
     "template": {%3$s}}%4$s}}"""
        .formatted(name, random.nextInt(5), workload(name, "Always", any(COMMANDS), ""), more)
        .replace("\n", "");
  }

  private String deployment(String name) {
    int surge = random.nextInt(3);
    int down = surge == 0 ? 1 + random.nextInt(2) : random.nextInt(3);
    return replicated(
        name,
        ", \"strategy\": {\"rollingUpdate\": {\"maxSurge\": %d, \"maxUnavailable\": %d}}"
            .formatted(surge, down));
  }

  private String statefulSet(String name) {
    String claims =
        random.nextBoolean()
            ? ""
            : ", \"volumeClaimTemplates\": [{\"metadata\": {\"name\": \"data\"}, \"spec\":"
                + " {\"accessModes\": [\"ReadWriteOnce\"], \"resources\": {\"requests\":"
                + " {\"storage\": \"1Mi\"}}}}]";
    return replicated(name, ", \"serviceName\": \"v0\"" + claims);
  }

  private String daemonSet(String name) {
    return "{\"metadata\": {\"name\": \"%1$s\"}, \"spec\": {\"selector\": {\"matchLabels\": {\"app\": \"%1$s\"}}, \"template\": {%2$s}}}}"
        .formatted(name, workload(name, "Always", any(COMMANDS), ""));
  }

  private String job(String name) {
    return "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"completions\": %d, \"parallelism\": %d, \"backoffLimit\": %d, \"template\": {%s}}}}"
        .formatted(
            name,
            1 + random.nextInt(4),
            1 + random.nextInt(3),
            random.nextInt(4),
            workload(name, random.nextBoolean() ? "Never" : "OnFailure", any(COMMANDS), ""));
  }

  private String service(String name) {
    return "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"selector\": {\"app\": \"%s\"}, \"ports\": [{\"port\": 80}]}}"
        .formatted(name, any(List.of("d0", "d1", "s0", "e0")));
  }

  private String budget(String name) {
    return "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"selector\": {\"matchLabels\": {\"app\": \"%s\"}}, \"%s\": %d}}"
        .formatted(
            name,
            any(List.of("d0", "d1", "d2", "s0", "s1")),
            any(List.of("minAvailable", "maxUnavailable")),
            random.nextInt(4));
  }

  private String claim(String name) {
    return "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"accessModes\": [\"ReadWriteOnce\"], \"resources\": {\"requests\": {\"storage\": \"1Mi\"}}}}"
        .formatted(name);
  }

  private String podWithClaim(String name) {
    String mounts = ", \"volumeMounts\": [{\"name\": \"v\", \"mountPath\": \"/v\"}]";
    return "{\"metadata\": {\"name\": \"%s\"}, %s, \"volumes\": [{\"name\": \"v\", \"persistentVolumeClaim\": {\"claimName\": \"c%d\"}}]}}"
        .formatted(
            name,
            workload(name, "Always", any(COMMANDS), mounts)
                .replace("\"metadata\": {\"labels\": {\"app\": \"" + name + "\"}}, ", ""),
            random.nextInt(3));
  }

  private String patch(String path, String body) {
    return call(ApiRequest.of("PATCH", path, ApiRequest.MERGE_PATCH, body)) + " " + body;
  }

  private String scaled() {
    return random.nextInt(3) == 0
        ? APPS + "statefulsets/s" + random.nextInt(3)
        : APPS + "deployments/d" + random.nextInt(3);
  }

  private String scale() {
    return patch(scaled(), "{\"spec\": {\"replicas\": %d}}".formatted(random.nextInt(6)));
  }

  private String change() {
    return patch(
        random.nextInt(4) == 0 ? APPS + "daemonsets/e" + random.nextInt(3) : scaled(),
        "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"n\": \"%d\"}}}}}"
            .formatted(random.nextInt(4)));
  }

  private String remove() {
    String path =
        any(
            List.of(
                APPS + "deployments/d",
                APPS + "deployments/d",
                APPS + "statefulsets/s",
                APPS + "daemonsets/e",
                BATCH + "jobs/j",
                CORE + "services/v",
                POLICY + "poddisruptionbudgets/b",
                CORE + "persistentvolumeclaims/c",
                CORE + "pods/p"));
    String policy = any(List.of("Background", "Background", "Foreground", "Orphan"));
    return call(
            ApiRequest.of(
                "DELETE",
                path + random.nextInt(3),
                ApiRequest.JSON,
                "{\"kind\": \"DeleteOptions\", \"apiVersion\": \"v1\", \"propagationPolicy\": \"%s\"}"
                    .formatted(policy)))
        + " "
        + policy;
  }

  private String node() {
    String node = any(NODES.subList(1, 3));
    if (random.nextInt(3) == 0) {
      cluster.stopNode(node);
      return "stop " + node;
    }
    cluster.startNode(node);
    return "start " + node;
  }

  private String cordon() {
    return patch(
        "/api/v1/nodes/" + any(NODES),
        "{\"spec\": {\"unschedulable\": %s}}".formatted(random.nextInt(3) == 0));
  }

  private String drain() {
    String node = any(NODES);
    StringBuilder said = new StringBuilder("drain " + node);
    said.append(' ')
        .append(patch("/api/v1/nodes/" + node, "{\"spec\": {\"unschedulable\": true}}"));
    for (JsonObject pod : pods()) {
      if (pod.string("spec", "nodeName").equals(node)) {
        said.append("; ").append(evict(pod));
      }
    }
    return said.toString();
  }

  private String evict(JsonObject pod) {
    Budgets budgets = Budgets.of(cluster);
    String name = ObjectMeta.name(pod);
    String said =
        call(
            ApiRequest.of(
                "POST",
                CORE + "pods/" + name + "/eviction",
                ApiRequest.JSON,
                "{\"kind\": \"Eviction\", \"apiVersion\": \"policy/v1\", \"metadata\": {\"name\": \"%s\"}}"
                    .formatted(name)));
    if (said.endsWith("201")) {
      budgets.checkEviction(pod);
    }
    return said;
  }

  private List<JsonObject> pods() {
    return cluster
        .request(ApiRequest.get(CORE + "pods"))
        .object()
        .array("items")
        .objects()
        .toList();
  }

  private String removePod() {
    List<JsonObject> pods = pods();
    return pods.isEmpty()
        ? "no pod to delete"
        : call(ApiRequest.delete(CORE + "pods/" + ObjectMeta.name(any(pods))));
  }

  /// Two who have read the same write: the second must be told.
  private String conflict() {
    String path = scaled();
    ApiResponse read = cluster.request(ApiRequest.get(path));
    if (read.status() != 200) {
      return "nobody to fight over at " + path;
    }
    JsonObject seen = read.object();
    int first = put(path, seen, "one");
    int second = put(path, seen, "two");
    if (first != 200 || second != 409) {
      throw new AssertionError("writers of " + path + " got " + first + " and " + second);
    }
    return "conflict over " + path;
  }

  private int put(String path, JsonObject seen, String writer) {
    JsonObject changed =
        seen.withObject(
            "metadata",
            metadata ->
                metadata.withObject(
                    "annotations", all -> all.with("by", writer + random.nextInt(1_000_000))));
    String text = new String(JsonWriter.bytes(changed), StandardCharsets.UTF_8);
    return cluster.request(ApiRequest.of("PUT", path, ApiRequest.JSON, text)).status();
  }

  private String pass(Duration duration) {
    cluster.advance(duration);
    return "advance " + duration;
  }
}
