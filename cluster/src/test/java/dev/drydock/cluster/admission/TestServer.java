package dev.drydock.cluster.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/// A cluster under the virtual clock, and the few words in which tests of admission speak of it. A
/// path is what follows `/api` or `/apis`.
public final class TestServer implements AutoCloseable {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, 7));

  private static String target(String path) {
    return path.startsWith("v1/") ? "/api/" + path : "/apis/" + path;
  }

  public ApiResponse request(String method, String path, String type, String body) {
    return cluster.request(ApiRequest.of(method, target(path), type, body));
  }

  public ApiResponse post(String path, String manifest) {
    return request("POST", path, "application/yaml", manifest);
  }

  public JsonObject create(String path, String manifest) {
    ApiResponse answer = post(path, manifest);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.object();
  }

  /// What the server says against an object.
  public String refusal(String path, String manifest) {
    return refused(post(path, manifest));
  }

  public ApiResponse patch(String path, String mergePatch) {
    return request("PATCH", path, "application/merge-patch+json", mergePatch);
  }

  public static String refused(ApiResponse answer) {
    assertThat(answer.status()).as(answer.text()).isGreaterThanOrEqualTo(400);
    return answer.object().string("message");
  }

  public JsonObject get(String path) {
    return cluster.request(ApiRequest.get(target(path))).object();
  }

  public ApiResponse delete(String path) {
    return cluster.request(ApiRequest.delete(target(path)));
  }

  /// Lets time run until the condition holds, for two minutes at most.
  public void until(Predicate<TestServer> condition) {
    assertThat(cluster.runUntil(_ -> condition.test(this), Duration.ofMinutes(2)))
        .as("what was waited for happens within two minutes")
        .isTrue();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
