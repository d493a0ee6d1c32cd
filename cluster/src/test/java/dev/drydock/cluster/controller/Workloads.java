package dev.drydock.cluster.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// A cluster under the virtual clock, and the few words in which tests of controllers speak of it.
/// A path is what follows the namespace: `pods`, or `apps/deployments` for a group other than core.
public final class Workloads implements AutoCloseable {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private final EmbeddedCluster cluster;

  public Workloads(long seed) {
    cluster = EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed));
  }

  private static String target(String path) {
    int slash = path.indexOf('/');
    String[] groups = {"apps", "batch"};
    for (String group : groups) {
      if (path.startsWith(group + "/")) {
        return "/apis/%s/v1/namespaces/default/%s".formatted(group, path.substring(slash + 1));
      }
    }
    return "/api/v1/namespaces/default/" + path;
  }

  public JsonObject create(String path, String manifest) {
    ApiResponse answer =
        cluster.request(ApiRequest.of("POST", target(path), "application/yaml", manifest));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.object();
  }

  public void patch(String path, String mergePatch) {
    ApiResponse answer =
        cluster.request(
            ApiRequest.of("PATCH", target(path), "application/merge-patch+json", mergePatch));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  public void delete(String path) {
    assertThat(cluster.request(ApiRequest.delete(target(path))).status()).isLessThan(300);
  }

  public JsonObject get(String path) {
    return cluster.request(ApiRequest.get(target(path))).object();
  }

  public long status(String path, String field) {
    return get(path).integer(0, "status", field);
  }

  public List<JsonObject> list(String path) {
    return get(path).array("items").objects().toList();
  }

  /// The pods that have not ended and are not on their way out.
  public List<JsonObject> pods() {
    return list("pods").stream().filter(Pods::isActive).toList();
  }

  public List<String> names(String path) {
    return list(path).stream().map(ObjectMeta::name).toList();
  }

  /// `Reason: message` of the events about an object, in the order of their names.
  public List<String> events(String name) {
    return list("events").stream()
        .filter(event -> event.string("involvedObject", "name").equals(name))
        .map(event -> event.string("reason") + ": " + event.string("message"))
        .toList();
  }

  /// Lets time run until the condition holds, for two minutes at most.
  public void until(Predicate<Workloads> condition) {
    assertThat(cluster.runUntil(_ -> condition.test(this), Duration.ofMinutes(2)))
        .as("what was waited for happens within two minutes")
        .isTrue();
  }

  public void advance(Duration duration) {
    cluster.advance(duration);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
