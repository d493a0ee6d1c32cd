package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.KubeConfig;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.time.RealTime;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a hostile client meets.
final class LimitsTest {
  private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  private static EmbeddedCluster cluster() {
    return EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, 7));
  }

  private static ApiResponse post(EmbeddedCluster cluster, String body) {
    return cluster.request(ApiRequest.of("POST", CONFIG_MAPS, ApiRequest.JSON, body));
  }

  private static String configMap(String name, int bytes) {
    return "{\"metadata\":{\"name\":\"%s\"},\"data\":{\"a\":\"%s\"}}"
        .formatted(name, "x".repeat(bytes));
  }

  @Test
  void refusesABodyThatIsTooLarge() {
    try (EmbeddedCluster cluster = cluster()) {
      ApiResponse refused = post(cluster, configMap("large", 3 << 20));

      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.message()).isEqualTo("Request entity too large: limit is 3145728");
    }
  }

  @Test
  void refusesAnObjectThatNestsTooDeep() {
    try (EmbeddedCluster cluster = cluster()) {
      String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

      assertThat(post(cluster, deep).status()).isEqualTo(400);
    }
  }

  @Test
  void refusesANameThatIsTooLong() {
    try (EmbeddedCluster cluster = cluster()) {
      ApiResponse refused = post(cluster, configMap("x".repeat(254), 1));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.message()).endsWith(": must be no more than 253 bytes");
    }
  }

  @Test
  void takesNoMoreThanItsStoreHoldsAndRecoversByDeleting() {
    try (EmbeddedCluster cluster = cluster()) {
      int each = 1_000_000;
      int made = 0;
      ApiResponse last = post(cluster, configMap("c" + made, each));
      while (last.ok() && made < 2 * Store.BYTES_MAX / each) {
        made++;
        last = post(cluster, configMap("c" + made, each));
      }

      assertThat(last.message()).isEqualTo("etcdserver: mvcc: database space exceeded");
      assertThat(cluster.request(ApiRequest.delete(CONFIG_MAPS + "/c0")).ok()).isTrue();
      assertThat(cluster.request(ApiRequest.delete(CONFIG_MAPS + "/c1")).ok()).isTrue();
      assertThat(post(cluster, configMap("again", each)).status()).isEqualTo(201);
    }
  }

  @Test
  void forgetsOldChangesByTheirSize() {
    try (EmbeddedCluster cluster = cluster()) {
      int each = 1_000_000;
      post(cluster, configMap("large", each));
      long first = cluster.state().store().revision();
      for (int i = 0; i < 2 * Store.HISTORY_BYTES_MAX / each; i++) {
        cluster.request(
            ApiRequest.of(
                "PATCH",
                CONFIG_MAPS + "/large",
                ApiRequest.MERGE_PATCH,
                "{\"data\":{\"n\":\"%d\"}}".formatted(i)));
      }

      ApiResponse watch =
          cluster.request(ApiRequest.get(CONFIG_MAPS + "?watch=1&resourceVersion=" + first));
      assertThat(watch.status()).isEqualTo(410);
    }
  }

  @Test
  void aThousandThousandReplicasLeaveTheClusterAnswering() {
    try (EmbeddedCluster cluster = cluster()) {
      ApiResponse made =
          cluster.request(
              ApiRequest.of(
                  "POST",
                  "/apis/apps/v1/namespaces/default/replicasets",
                  ApiRequest.JSON,
                  """
                  {"metadata": {"name": "many"}, "spec": {"replicas": 1000000,
                    "selector": {"matchLabels": {"a": "b"}},
                    "template": {"metadata": {"labels": {"a": "b"}},
                      "spec": {"containers": [{"name": "c", "image": "busybox:1.36"}]}}}}
                  """));

      assertThat(made.status()).isEqualTo(201);
      assertThat(cluster.request(ApiRequest.get("/api/v1/nodes")).status()).isEqualTo(200);
      assertThat(
              cluster
                  .request(ApiRequest.delete("/apis/apps/v1/namespaces/default/replicasets/many"))
                  .ok())
          .isTrue();
    }
  }

  @Test
  void refusesMoreWatchesThanOneClusterMayHave() throws Exception {
    try (ClusterEndpoint endpoint = ClusterEndpoint.open("127.0.0.1", 0);
        EmbeddedCluster cluster =
            EmbeddedCluster.create(
                ClusterOptions.named("kuar", ClockKind.REAL, RealTime.wallClock(), 3),
                endpoint.newIdentity())) {
      KubeConfig kubeConfig = endpoint.serve("", cluster);
      List<InputStream> open = new ArrayList<>();
      try (HttpClient client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(Duration.ofMinutes(1))
              .sslContext(kubeConfig.tls())
              .build()) {
        HttpRequest watch =
            HttpRequest.newBuilder(
                    URI.create(kubeConfig.server() + CONFIG_MAPS + "?watch=1&resourceVersion=0"))
                .header("Authorization", "Bearer " + kubeConfig.token())
                .build();
        HttpResponse<InputStream> last = client.send(watch, BodyHandlers.ofInputStream());
        while (last.statusCode() == 200 && open.size() < InFlight.STREAMS_MAX) {
          open.add(last.body());
          last = client.send(watch, BodyHandlers.ofInputStream());
        }
        assertThat(open).hasSize(InFlight.STREAMS_MAX);
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).contains("1");
        for (InputStream each : open) {
          each.close();
        }
        client.shutdownNow();
      }
    }
  }
}
