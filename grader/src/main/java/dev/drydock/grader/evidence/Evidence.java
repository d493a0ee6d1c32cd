package dev.drydock.grader.evidence;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.grader.exercise.ObjectReference;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One look at a cluster and a submission. Objects are read once and kept, so that every check of a
/// look judges the same ones. For one thread.
public final class Evidence {
  /// How long a command in a container may take on the cluster's clock.
  private static final Duration EXEC_LIMIT = Duration.ofSeconds(10);

  private final Cluster cluster;
  private final ApiClient client;
  private final ImmutableList<JsonObject> documents;
  private final Map<ObjectReference, Optional<JsonObject>> known = new HashMap<>();
  private final Map<List<String>, ImmutableList<JsonObject>> lists = new HashMap<>();

  public Evidence(Cluster cluster, ApiClient client, ImmutableList<JsonObject> documents) {
    this.cluster = cluster;
    this.client = client;
    this.documents = documents;
  }

  /// The submitted manifests, in order.
  public ImmutableList<JsonObject> documents() {
    return documents;
  }

  public Optional<JsonObject> get(ObjectReference reference) {
    return known.computeIfAbsent(reference, this::read);
  }

  private Optional<JsonObject> read(ObjectReference reference) {
    Optional<String> path =
        client
            .discovery()
            .find(reference.apiVersion(), reference.kind())
            .map(resource -> resource.path(reference.namespace(), reference.name()));
    if (path.isEmpty()) {
      return Optional.empty();
    }
    ApiResponse response = client.get(path.get());
    return switch (response.status()) {
      case 200 -> Optional.of(response.object());
      case 404 -> Optional.empty();
      default -> throw refused(path.get(), response);
    };
  }

  /// The objects of a kind in a namespace; the empty namespace means all.
  public ImmutableList<JsonObject> list(String apiVersion, String kind, String namespace) {
    return lists.computeIfAbsent(
        List.of(apiVersion, kind, namespace),
        _ ->
            client
                .discovery()
                .find(apiVersion, kind)
                .map(resource -> items(resource.path(namespace, ""), apiVersion, kind))
                .orElse(ImmutableList.of()));
  }

  private ImmutableList<JsonObject> items(String path, String apiVersion, String kind) {
    ApiResponse response = client.get(path);
    if (!response.ok()) {
      throw refused(path, response);
    }
    return response
        .object()
        .array("items")
        .objects()
        .map(item -> item.with("apiVersion", apiVersion).with("kind", kind))
        .collect(ImmutableList.toImmutableList());
  }

  /// The events about an object, in the order in which they were recorded.
  public ImmutableList<JsonObject> events(String kind, String namespace, String name) {
    return list("v1", "Event", namespace.isEmpty() ? "default" : namespace).stream()
        .filter(event -> event.string("involvedObject", "kind").equals(kind))
        .filter(event -> event.string("involvedObject", "name").equals(name))
        .collect(ImmutableList.toImmutableList());
  }

  /// The audit log without the grader's own requests.
  public ImmutableList<AuditEvent> audit() {
    return cluster.auditLog().stream()
        .filter(event -> !event.userAgent().startsWith(ApiClient.USER_AGENT))
        .collect(ImmutableList.toImmutableList());
  }

  public String logs(String namespace, String pod, String container) {
    String path =
        "/api/v1/namespaces/%s/pods/%s/log?container=%s"
            .formatted(
                ApiClient.escape(namespace), ApiClient.escape(pod), ApiClient.escape(container));
    ApiResponse response = client.get(path);
    return response.ok() ? response.text() : "";
  }

  /// Runs a command in a container; one that cannot be started has exit code 126 and the API
  /// server's words on its stderr.
  public ExecResult exec(String namespace, String pod, String container, List<String> command) {
    try {
      return cluster.exec(namespace, pod, container, command, EXEC_LIMIT);
    } catch (Cluster.ExecException e) {
      return new ExecResult(126, "", String.valueOf(e.getMessage()));
    }
  }

  /// What a pod answers over HTTP.
  public record HttpAnswer(int status, String body) {}

  /// Asks a pod through the API server's proxy; a pod that cannot be reached answers 503.
  public HttpAnswer http(String namespace, String pod, String port, String path) {
    String target =
        "/api/v1/namespaces/%s/pods/%s:%s/proxy%s"
            .formatted(
                ApiClient.escape(namespace),
                ApiClient.escape(pod),
                ApiClient.escape(port),
                path.startsWith("/") ? path : "/" + path);
    ApiResponse response = client.get(target);
    return new HttpAnswer(response.status(), response.text());
  }

  private static EvidenceException refused(String path, ApiResponse response) {
    return new EvidenceException(
        "GET %s was answered with %d %s".formatted(path, response.status(), response.message()));
  }
}
