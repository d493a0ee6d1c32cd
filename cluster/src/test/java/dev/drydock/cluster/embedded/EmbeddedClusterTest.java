package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EmbeddedClusterTest {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private static final String KUARD =
      """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "kuard"}, "spec": {"containers": [
        {"name": "kuard", "image": "gcr.io/kuar-demo/kuard-amd64:blue",
         "ports": [{"containerPort": 8080, "name": "http"}]}]}}
      """;

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, 7));

  @AfterEach
  void close() {
    cluster.close();
  }

  private static ApiResponse create(EmbeddedCluster cluster, String pod) {
    return cluster.request(
        ApiRequest.of("POST", "/api/v1/namespaces/default/pods", ApiRequest.JSON, pod));
  }

  private static String phase(EmbeddedCluster cluster) {
    return cluster
        .request(ApiRequest.get("/api/v1/namespaces/default/pods/kuard"))
        .object()
        .string("status", "phase");
  }

  @Test
  void hasOneReadyNodeWhenNew() {
    ApiResponse nodes = cluster.request(ApiRequest.get("/api/v1/nodes"));

    assertThat(nodes.text()).contains("kuar-control-plane").contains("KubeletReady");
  }

  @Test
  void runsAPod() {
    assertThat(create(cluster, KUARD).status()).isEqualTo(201);

    assertThat(cluster.runUntil(c -> phase(c).equals("Running"), Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void forgetsADeletedPod() {
    create(cluster, KUARD);
    cluster.runUntil(c -> phase(c).equals("Running"), Duration.ofMinutes(1));
    cluster.request(ApiRequest.delete("/api/v1/namespaces/default/pods/kuard"));

    assertThat(cluster.runUntil(c -> phase(c).isEmpty(), Duration.ofMinutes(1))).isTrue();
  }

  @Test
  void aForkDivergesWithoutTouchingItsOrigin() {
    create(cluster, KUARD);
    try (EmbeddedCluster fork = cluster.fork()) {
      fork.request(ApiRequest.delete("/api/v1/namespaces/default/pods/kuard"));
      fork.advance(Duration.ofMinutes(2));

      assertThat(phase(fork)).isEmpty();
      assertThat(phase(cluster)).isEqualTo("Pending");
    }
  }
}
