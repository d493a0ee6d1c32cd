package dev.drydock.cluster.controller.nodelifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes that go away, come back, or are to be left alone.
final class NodeLifecycleTest {
  private static final String NODE = "/api/v1/nodes/kuar-worker";
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(
          new ClusterOptions(
              "kuar",
              ImmutableList.of(
                  new NodeOptions("kuar-control-plane", true, "4", "8Gi", 110),
                  new NodeOptions("kuar-worker", false, "4", "8Gi", 110),
                  new NodeOptions("kuar-worker2", false, "4", "8Gi", 110)),
              ClockKind.VIRTUAL,
              Instant.parse("2026-11-01T09:00:00Z"),
              29));

  @BeforeEach
  void runsAPodOnTheWorker() {
    pod("lonely", "");
    cluster.advance(Duration.ofSeconds(10));
    assertThat(ready(get(PODS + "/lonely"))).isEqualTo("True");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void pod(String name, String more) {
    ApiResponse answer =
        cluster.request(
            ApiRequest.of(
                "POST",
                PODS,
                "application/yaml",
                """
                metadata: {name: %s}
                spec:
                  nodeName: kuar-worker
                  containers: [{name: c, image: nginx}]
                  %s
                """
                    .formatted(name, more)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private JsonObject get(String target) {
    return cluster.request(ApiRequest.get(target)).object();
  }

  private void patch(String target, String body) {
    ApiResponse answer =
        cluster.request(ApiRequest.of("PATCH", target, ApiRequest.MERGE_PATCH, body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private static String ready(JsonObject object) {
    return object
        .array("status", "conditions")
        .objects()
        .filter(c -> c.string("type").equals("Ready"))
        .map(c -> c.string("status"))
        .findFirst()
        .orElse("");
  }

  private List<String> taints() {
    return get(NODE)
        .array("spec", "taints")
        .objects()
        .map(taint -> taint.string("key") + ":" + taint.string("effect"))
        .toList();
  }

  private List<String> reasons(String namespace) {
    return get("/api/v1/namespaces/" + namespace + "/events")
        .array("items")
        .objects()
        .map(event -> event.string("reason"))
        .toList();
  }

  @Test
  void aSilentNodeBecomesUnknownAfterTheGracePeriod() {
    cluster.stopNode("kuar-worker");
    cluster.advance(Duration.ofSeconds(35));
    assertThat(ready(get(NODE))).isEqualTo("True");

    cluster.advance(Duration.ofSeconds(20));

    assertThat(ready(get(NODE))).isEqualTo("Unknown");
    assertThat(get(NODE).array("status", "conditions").objects())
        .allMatch(c -> c.string("message").equals("Kubelet stopped posting node status."));
    assertThat(taints())
        .containsExactly(
            "node.kubernetes.io/unreachable:NoSchedule",
            "node.kubernetes.io/unreachable:NoExecute");
    assertThat(ready(get(PODS + "/lonely"))).isEqualTo("False");
    assertThat(reasons("default")).contains("NodeNotReady");
    assertThat(ready(get("/api/v1/nodes/kuar-worker2"))).isEqualTo("True");
  }

  @Test
  void itsPodsAreEvictedAfterTheirTolerationAndStayTerminating() {
    cluster.stopNode("kuar-worker");
    cluster.advance(Duration.ofSeconds(55 + 290));
    assertThat(ObjectMeta.isBeingDeleted(get(PODS + "/lonely"))).isFalse();

    cluster.advance(Duration.ofSeconds(20));
    assertThat(ObjectMeta.isBeingDeleted(get(PODS + "/lonely"))).isTrue();

    cluster.advance(Duration.ofMinutes(5));
    assertThat(ObjectMeta.isBeingDeleted(get(PODS + "/lonely"))).isTrue();
    assertThat(reasons("default")).contains("TaintManagerEviction");
  }

  @Test
  void aNodeThatComesBackSoonHasLostNothing() {
    cluster.stopNode("kuar-worker");
    cluster.advance(Duration.ofMinutes(2));
    assertThat(ready(get(NODE))).isEqualTo("Unknown");

    cluster.startNode("kuar-worker");
    cluster.advance(Duration.ofSeconds(15));

    assertThat(ready(get(NODE))).isEqualTo("True");
    assertThat(taints()).isEmpty();
    assertThat(ready(get(PODS + "/lonely"))).isEqualTo("True");
  }

  @Test
  void aNodeThatComesBackLateRemovesWhatWasEvicted() {
    cluster.stopNode("kuar-worker");
    cluster.advance(Duration.ofMinutes(7));
    cluster.startNode("kuar-worker");
    cluster.advance(Duration.ofSeconds(60));

    assertThat(cluster.request(ApiRequest.get(PODS + "/lonely")).status()).isEqualTo(404);
  }

  @Test
  void podsOfADeletedNodeAreCollected() {
    cluster.stopNode("kuar-worker");
    cluster.request(ApiRequest.delete(NODE));
    cluster.advance(Duration.ofSeconds(70));

    assertThat(cluster.request(ApiRequest.get(PODS + "/lonely")).status()).isEqualTo(404);
  }

  @Test
  void aCordonedNodeIsTaintedAndAnUncordonedOneIsNot() {
    patch(NODE, "{\"spec\":{\"unschedulable\":true}}");
    assertThat(taints()).containsExactly("node.kubernetes.io/unschedulable:NoSchedule");

    patch(NODE, "{\"spec\":{\"unschedulable\":null}}");
    assertThat(taints()).isEmpty();
  }

  @Test
  void aTaintEvictsWhatDoesNotTolerateIt() {
    pod("patient", "tolerations: [{key: broken, operator: Exists, effect: NoExecute}]");
    pod(
        "brief",
        "tolerations: [{key: broken, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]");
    cluster.advance(Duration.ofSeconds(10));

    patch(NODE, "{\"spec\":{\"taints\":[{\"key\":\"broken\",\"effect\":\"NoExecute\"}]}}");
    cluster.advance(Duration.ofSeconds(40));
    assertThat(cluster.request(ApiRequest.get(PODS + "/lonely")).status()).isEqualTo(404);
    assertThat(ready(get(PODS + "/brief"))).isEqualTo("True");

    cluster.advance(Duration.ofSeconds(60));
    assertThat(cluster.request(ApiRequest.get(PODS + "/brief")).status()).isEqualTo(404);
    assertThat(ready(get(PODS + "/patient"))).isEqualTo("True");
  }

  @Test
  void aForkKnowsWhichNodesAreStopped() {
    cluster.stopNode("kuar-worker");
    try (EmbeddedCluster fork = cluster.fork()) {
      fork.advance(Duration.ofSeconds(60));
      assertThat(ready(fork.request(ApiRequest.get(NODE)).object())).isEqualTo("Unknown");
    }
    assertThat(ready(get(NODE))).isEqualTo("True");
  }
}
