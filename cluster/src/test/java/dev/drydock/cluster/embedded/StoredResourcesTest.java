package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.registry.Strategies;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every resource whose objects are only kept has all the verbs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoredResourcesTest {
  private EmbeddedCluster cluster;

  @BeforeAll
  void open() {
    cluster =
        EmbeddedCluster.create(
            ClusterOptions.named(
                "kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 7));
  }

  @AfterAll
  void close() {
    cluster.close();
  }

  static Stream<ApiResource> resources() {
    return ResourceTable.builtIn().resources().stream()
        .filter(ApiResource::stored)
        .filter(resource -> Strategies.of(resource.groupResource()).getClass().isAnonymousClass());
  }

  private static String path(ApiResource resource) {
    return resource.groupVersion().path()
        + (resource.namespaced() ? "/namespaces/default/" : "/")
        + resource.plural();
  }

  private static String object(ApiResource resource, String name) {
    return """
    {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "%s", "labels": {"of": "test"}}%s}
    """
        .formatted(resource.groupVersion(), resource.kind(), name, needed(resource));
  }

  /// What an object of a resource must say.
  private static String needed(ApiResource resource) {
    return resource.plural().equals("runtimeclasses") ? ", \"handler\": \"runc\"" : "";
  }

  private ApiResponse send(String method, String path, String type, String body) {
    return cluster.request(ApiRequest.of(method, path, type, body));
  }

  @ParameterizedTest
  @MethodSource("resources")
  void hasEveryVerb(ApiResource resource) {
    String path = path(resource);
    String name = resource.plural().equals("apiservices") ? "v9.example.com" : "one";
    ApiResponse created = send("POST", path, ApiRequest.JSON, object(resource, name));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(cluster.request(ApiRequest.get(path + "/" + name)).object().string("kind"))
        .isEqualTo(resource.kind());
    assertThat(cluster.request(ApiRequest.get(path)).object().string("kind"))
        .isEqualTo(resource.listKind());
    ApiResponse patched =
        send(
            "PATCH",
            path + "/" + name,
            ApiRequest.MERGE_PATCH,
            "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
    assertThat(patched.object().string("metadata", "labels", "a")).isEqualTo("b");
    String applied = path + "/" + (name.equals("one") ? "two" : "v8.example.com");
    ApiResponse ssa =
        send(
            "PATCH",
            applied + "?fieldManager=test",
            ApiRequest.APPLY_PATCH,
            object(resource, applied.substring(path.length() + 1)));
    assertThat(ssa.status()).as(ssa.text()).isEqualTo(201);
    if (resource.subresource("status") != null) {
      ApiResponse status =
          send(
              "PATCH",
              path + "/" + name + "/status",
              ApiRequest.MERGE_PATCH,
              "{\"metadata\": {\"annotations\": {\"a\": \"b\"}}}");
      assertThat(status.status()).as(status.text()).isEqualTo(200);
    }
    assertThat(cluster.request(ApiRequest.delete(path + "/" + name)).status()).isEqualTo(200);
    ApiResponse all = send("DELETE", path + "?labelSelector=of%3Dtest", ApiRequest.JSON, "");
    assertThat(all.status()).as(all.text()).isEqualTo(200);
    assertThat(cluster.request(ApiRequest.get(applied)).status()).isEqualTo(404);
  }
}
