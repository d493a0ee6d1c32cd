package dev.drydock.grader.evidence;

import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where the API server keeps each kind, learnt from its discovery documents. For one thread.
///
/// Models client-go `restmapper`.
public final class Discovery {
  private final ApiClient client;
  private final Map<String, Map<String, Resource>> byGroupVersion = new HashMap<>();

  Discovery(ApiClient client) {
    this.client = client;
  }

  /// A resource of the API.
  ///
  /// @param prefix such as `/apis/apps/v1`
  public record Resource(String prefix, String plural, boolean namespaced) {

    /// The path of the collection, or of one object when the name is not empty; the empty namespace
    /// means all.
    public String path(String namespace, String name) {
      StringBuilder path = new StringBuilder(prefix);
      if (namespaced && !namespace.isEmpty()) {
        path.append("/namespaces/").append(ApiClient.escape(namespace));
      }
      path.append('/').append(plural);
      return name.isEmpty() ? path.toString() : path + "/" + ApiClient.escape(name);
    }
  }

  /// The resource of a kind; empty when the API server does not know it.
  public Optional<Resource> find(String apiVersion, String kind) {
    return Optional.ofNullable(byGroupVersion.computeIfAbsent(apiVersion, this::read).get(kind));
  }

  private Map<String, Resource> read(String apiVersion) {
    String[] parts = apiVersion.split("/", -1);
    String prefix =
        parts.length == 1
            ? "/api/" + ApiClient.escape(parts[0])
            : "/apis/" + ApiClient.escape(parts[0]) + "/" + ApiClient.escape(parts[1]);
    ApiResponse response = client.get(prefix);
    if (response.status() == 404) {
      return Map.of();
    }
    if (!response.ok()) {
      throw new EvidenceException(
          "GET %s was answered with %d %s"
              .formatted(prefix, response.status(), response.message()));
    }
    Map<String, Resource> resources = new HashMap<>();
    response
        .object()
        .array("resources")
        .objects()
        .filter(resource -> !resource.string("name").contains("/"))
        .forEach(resource -> resources.put(resource.string("kind"), of(prefix, resource)));
    return resources;
  }

  private static Resource of(String prefix, JsonObject resource) {
    return new Resource(prefix, resource.string("name"), resource.bool("namespaced"));
  }
}
