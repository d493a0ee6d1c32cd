package dev.drydock.cluster.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What `kubectl top` shows.
final class MetricsTest {
  private static final String METRICS = "/apis/metrics.k8s.io/v1beta1/";
  private static final String BUSY = "exec stress --cpu 4";

  /// A node of the book's example: two CPUs.
  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(
          new ClusterOptions(
              "kuar",
              ImmutableList.of(
                  new NodeOptions("kuar-control-plane", true, "4", "8Gi", 110),
                  new NodeOptions("kuar-worker", false, "2", "8Gi", 110)),
              ClockKind.VIRTUAL,
              Instant.parse("2026-11-01T09:00:00Z"),
              11));

  @AfterEach
  void close() {
    cluster.close();
  }

  private void run(String name, String resources, String script) {
    ApiResponse answer =
        cluster.request(
            ApiRequest.of(
                "POST",
                "/api/v1/namespaces/default/pods",
                ApiRequest.JSON,
                """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s", "labels": {"app": "%s"}},
                 "spec": {"nodeName": "kuar-worker", "containers": [{"name": "c", "image": "polinux/stress:1.0.4",
                   "imagePullPolicy": "IfNotPresent", "command": ["sh", "-c", "%s"],
                   "resources": %s}]}}
                """
                    .formatted(name, name, script, resources)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private ApiResponse get(String target) {
    return cluster.request(ApiRequest.get(METRICS + target));
  }

  /// In thousandths of a CPU, as `kubectl top` rounds them.
  private long cpu(String pod) {
    JsonObject metrics = get("namespaces/default/pods/" + pod).object();
    return metrics
        .array("containers")
        .objects()
        .mapToLong(c -> Quantity.parse(c.string("usage", "cpu")).milliValue())
        .sum();
  }

  @Test
  void cpuIsSharedOutAsInTheChapter() {
    String half = "{\"requests\": {\"cpu\": \"475m\"}}";
    long[] expected = {2000, 1000, 667, 500};
    for (int pods = 1; pods <= 4; pods++) {
      run("p" + pods, half, BUSY);
      cluster.advance(Duration.ofSeconds(45));
      for (int pod = 1; pod <= pods; pod++) {
        assertThat(cpu("p" + pod)).as("p%d of %d", pod, pods).isEqualTo(expected[pods - 1]);
      }
    }
    assertThat(get("nodes/kuar-worker").object().string("usage", "cpu")).isEqualTo("2000000000n");
  }

  @Test
  void aLimitThrottles() {
    run("limited", "{\"limits\": {\"cpu\": \"250m\"}}", BUSY);
    cluster.advance(Duration.ofSeconds(45));

    assertThat(cpu("limited")).isEqualTo(250);
  }

  @Test
  void oneLoopUsesOneCpuAndASleeperNone() {
    run("loop", "{}", "while :; do :; done");
    run("sleeper", "{}", "sleep 1000");
    cluster.advance(Duration.ofSeconds(45));

    assertThat(cpu("loop")).isEqualTo(1000);
    assertThat(cpu("sleeper")).isLessThanOrEqualTo(1);
  }

  @Test
  void aPodThatHasJustStartedHasNoMetrics() {
    run("young", "{}", "sleep 1000");
    cluster.advance(Duration.ofSeconds(5));

    ApiResponse answer = get("namespaces/default/pods/young");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.object().string("message"))
        .isEqualTo("podmetrics.metrics.k8s.io \"default/young\" not found");
    assertThat(get("namespaces/default/pods").object().array("items").isEmpty()).isTrue();
  }

  @Test
  void podsAreFoundByLabel() {
    run("one", "{}", "sleep 1000");
    run("other", "{}", "sleep 1000");
    cluster.advance(Duration.ofSeconds(45));

    assertThat(
            get("namespaces/default/pods?labelSelector=app%3Done")
                .object()
                .array("items")
                .objects()
                .map(metrics -> metrics.string("metadata", "name")))
        .containsExactly("one");
  }

  @Test
  void theControlPlaneUsesSomethingFromTheBeginning() {
    assertThat(get("nodes").object().array("items").objects()).hasSize(2);
    assertThat(get("namespaces/kube-system/pods").object().array("items").size())
        .isGreaterThanOrEqualTo(8);
  }

  @Test
  void metricsCannotBeDeleted() {
    assertThat(cluster.request(ApiRequest.delete(METRICS + "nodes/kuar-worker")).status())
        .isEqualTo(405);
  }
}
