package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Capability;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A cluster of a few dozen lines, so that the grader is tested without a Kubernetes: it stores
/// objects, and its Pods run two seconds after their creation and are ready a second later.
public final class FakeCluster implements Cluster {
  private static final ImmutableMap<String, String> PLURALS =
      ImmutableMap.of(
          "Pod", "pods", "ConfigMap", "configmaps", "Event", "events", "Deployment", "deployments");
  private static final ImmutableSet<String> CONTAINER_FIELDS =
      ImmutableSet.of(
          "name",
          "image",
          "imagePullPolicy",
          "ports",
          "command",
          "readinessProbe",
          "resources",
          "env",
          "volumeMounts");

  private final Map<String, JsonObject> objects = new TreeMap<>();
  private final Map<String, Duration> created = new LinkedHashMap<>();
  public final List<ApiRequest> requests = new ArrayList<>();
  private final List<AuditEvent> audit = new ArrayList<>();
  private Duration now = Duration.ZERO;
  public boolean broken;
  public boolean closed;

  @Override
  public ApiResponse request(ApiRequest request) {
    requests.add(request);
    if (broken) {
      return status(500, "etcdserver: request timed out");
    }
    String path = request.path();
    return switch (path) {
      case "/api/v1" -> resources("Pod", "ConfigMap", "Event");
      case "/apis/apps/v1" -> resources("Deployment");
      default -> store(request, path.split("/"));
    };
  }

  private static ApiResponse resources(String... kinds) {
    JsonArray resources = JsonArray.EMPTY;
    for (String kind : kinds) {
      resources =
          resources.plus(
              JsonObject.builder()
                  .put("name", PLURALS.getOrDefault(kind, ""))
                  .put("kind", kind)
                  .put("namespaced", true)
                  .build());
    }
    return json(200, JsonObject.of("resources", resources));
  }

  private ApiResponse store(ApiRequest request, String[] path) {
    int start = path[1].equals("api") ? 3 : 4;
    if (path.length <= start) {
      return status(404, "the server could not find the requested resource");
    }
    if (!path[start].equals("namespaces")) {
      return list(path[start] + "/");
    }
    String key = path[start + 2] + "/" + path[start + 1] + "/";
    if (request.method().equals("POST")) {
      return create(key, body(request));
    }
    if (path.length == start + 3) {
      return list(key);
    }
    String name = path[start + 3];
    if (!objects.containsKey(key + name)) {
      return status(404, "%s \"%s\" not found".formatted(path[start + 2], name));
    }
    if (request.method().equals("PATCH")) {
      objects.put(key + name, merge(live(key + name), body(request)));
    }
    return json(200, live(key + name));
  }

  private static JsonObject body(ApiRequest request) {
    try {
      return (JsonObject) JsonParser.parse(request.body());
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonObject merge(JsonObject object, JsonObject patch) {
    JsonObject merged = object;
    for (Map.Entry<String, Json> field : patch.fields().entrySet()) {
      merged =
          switch (field.getValue()) {
            case dev.drydock.cluster.apimachinery.json.JsonNull _ -> merged.without(field.getKey());
            case JsonObject below ->
                merged.with(field.getKey(), merge(merged.object(field.getKey()), below));
            case Json value -> merged.with(field.getKey(), value);
          };
    }
    return merged;
  }

  private ApiResponse create(String key, JsonObject object) {
    for (Json item : object.array("spec", "containers")) {
      for (String field : ((JsonObject) item).fields().keySet()) {
        if (!CONTAINER_FIELDS.contains(field)) {
          return status(
              400,
              "Pod in version \"v1\" cannot be handled as a Pod: strict decoding error: unknown"
                  + " field \"spec.containers[0].%s\"".formatted(field));
        }
      }
    }
    String name = object.string("metadata", "name");
    String namespace = key.split("/")[1];
    JsonObject stored =
        object.withObject("metadata", metadata -> metadata.with("namespace", namespace));
    objects.put(key + name, stored);
    created.put(key + name, now);
    return json(201, stored);
  }

  private ApiResponse list(String prefix) {
    JsonArray items = JsonArray.EMPTY;
    for (String key : objects.keySet()) {
      if (key.startsWith(prefix)) {
        items = items.plus(live(key));
      }
    }
    return json(200, JsonObject.of("items", items));
  }

  private JsonObject live(String key) {
    JsonObject object = java.util.Objects.requireNonNull(objects.get(key));
    return key.startsWith("pods/") ? object.with("status", podStatus(key, object)) : object;
  }

  private JsonObject podStatus(String key, JsonObject pod) {
    Duration age = now.minus(created.getOrDefault(key, now));
    boolean pulled =
        pod.array("spec", "containers")
            .objects()
            .allMatch(
                container -> container.string("image").matches("(.*kuard-amd64|a):(blue|green)"));
    boolean running = pulled && age.toSeconds() >= 2;
    boolean ready =
        running
            && age.toSeconds() >= 3
            && pod.array("spec", "containers")
                .objects()
                .map(container -> container.string("readinessProbe", "httpGet", "path"))
                .allMatch(path -> path.isEmpty() || path.equals("/ready"));
    return JsonObject.builder()
        .put("phase", running ? "Running" : "Pending")
        .put(
            "conditions",
            JsonArray.of(
                JsonObject.of(
                    "type", Json.of("Ready"), "status", Json.of(ready ? "True" : "False"))))
        .build();
  }

  private static ApiResponse status(int code, String message) {
    return json(code, JsonObject.of("kind", Json.of("Status"), "message", Json.of(message)));
  }

  private static ApiResponse json(int code, JsonObject object) {
    return new ApiResponse(code, ApiRequest.JSON, JsonWriter.bytes(object), ImmutableList.of());
  }

  public void record(String userAgent, String kubectlCommand) {
    audit.add(
        new AuditEvent(
            Instant.EPOCH,
            "admin",
            userAgent,
            kubectlCommand,
            "create",
            "",
            "v1",
            "pods",
            "",
            "default",
            "kuard",
            "/api/v1/namespaces/default/pods",
            201));
  }

  @Override
  public ExecResult exec(
      String namespace, String pod, String container, List<String> command, Duration limit)
      throws ExecException {
    if (!objects.containsKey("pods/" + namespace + "/" + pod)) {
      throw new ExecException("pods \"%s\" not found".formatted(pod));
    }
    return new ExecResult(0, String.join(" ", command) + "\n", "");
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return ImmutableSet.of(Capability.CLOCK);
  }

  @Override
  public ImmutableList<AuditEvent> auditLog() {
    return ImmutableList.copyOf(audit);
  }

  @Override
  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  public String text() {
    return new String(JsonWriter.bytes(JsonArray.copyOf(objects.values())), StandardCharsets.UTF_8);
  }

  @Override
  public void reset() {
    objects.clear();
  }

  @Override
  public void close() {
    closed = true;
  }
}
