package dev.drydock.cluster.embedded;

import static dev.drydock.cluster.embedded.KeptClusters.container;
import static dev.drydock.cluster.embedded.KeptClusters.isRunning;
import static dev.drydock.cluster.embedded.KeptClusters.log;
import static dev.drydock.cluster.embedded.KeptClusters.objects;
import static dev.drydock.cluster.embedded.KeptClusters.pod;
import static dev.drydock.cluster.embedded.KeptClusters.runsWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.durability.DurabilityException;
import dev.drydock.cluster.durability.Snapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A cluster that is restored from bytes is as after a reboot of its nodes.
final class SnapshotTest {
  private static final String WRITER =
      "for d in data host nfs; do echo $HOSTNAME >> /$d/seen; cat /$d/seen; done; sleep 1000";

  private final EmbeddedCluster cluster = EmbeddedCluster.create(KeptClusters.options(5));

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void holdsEveryObjectAsItWas() throws Exception {
    KeptClusters.put(cluster, "one");
    KeptClusters.run(cluster, "p", "Always", WRITER);
    runsWithin(cluster, "p");

    Snapshots.Content read = Snapshots.read(cluster.snapshot());

    assertThat(objects(read.state().store())).isEqualTo(objects(cluster.state().store()));
    assertThat(read.state().store().revision()).isEqualTo(cluster.state().store().revision());
    assertThat(read.state().now()).isEqualTo(cluster.now());
    assertThat(read.state().entropy()).isEqualTo(cluster.state().entropy());
  }

  @Test
  void aRestoredClusterRunsOnAsIfItHadNeverStopped() throws Exception {
    KeptClusters.put(cluster, "before");
    try (EmbeddedCluster restored = EmbeddedCluster.restore(cluster.snapshot())) {
      for (EmbeddedCluster each : java.util.List.of(cluster, restored)) {
        assertThat(KeptClusters.put(each, "after").status()).isEqualTo(201);
        each.advance(Duration.ofMinutes(10));
        assertThat(KeptClusters.has(each, "before")).isTrue();
      }
      assertThat(names(restored)).isEqualTo(names(cluster));
      assertThat(restored.request(ApiRequest.get("/api/v1/nodes")).text())
          .contains("kubelet is posting ready status");
    }
  }

  /// What there is, events apart: a reboot has events of its own.
  private static java.util.Set<String> names(EmbeddedCluster cluster) {
    var names = new java.util.TreeSet<>(objects(cluster.state().store()).keySet());
    names.removeIf(name -> name.startsWith("events"));
    return names;
  }

  @Test
  void containersStartAgainInPlaceAndFindTheirVolumes() throws Exception {
    KeptClusters.run(cluster, "p", "Always", WRITER);
    assertThat(runsWithin(cluster, "p")).isTrue();
    String uid = pod(cluster, "p").string("metadata", "uid");

    try (EmbeddedCluster restored = EmbeddedCluster.restore(cluster.snapshot())) {
      assertThat(
              restored.runUntil(
                  c -> isRunning(c, "p") && container(c, "p").integer(0, "restartCount") == 1,
                  Duration.ofMinutes(1)))
          .as(() -> pod(restored, "p").object("status").toString())
          .isTrue();

      JsonObject last = container(restored, "p").object("lastState", "terminated");
      assertThat(last.string("reason")).isEqualTo("Unknown");
      assertThat(last.integer(0, "exitCode")).isEqualTo(255);
      assertThat(pod(restored, "p").string("metadata", "uid")).isEqualTo(uid);
      assertThat(log(restored, "p").lines()).containsExactly("p", "p", "p", "p", "p", "p");
      assertThat(restored.request(ApiRequest.get("/api/v1/events")).text())
          .contains("Pod sandbox changed, it will be killed and re-created.");
    }
  }

  @Test
  void whatHadEndedStaysEnded() throws Exception {
    KeptClusters.run(cluster, "done", "Never", "echo once");
    KeptClusters.run(cluster, "bad", "OnFailure", "sleep 5; exit 0");
    cluster.advance(Duration.ofMinutes(1));
    JsonObject before = pod(cluster, "done").object("status");
    assertThat(before.string("phase")).isEqualTo("Succeeded");

    try (EmbeddedCluster restored = EmbeddedCluster.restore(cluster.snapshot())) {
      restored.advance(Duration.ofMinutes(2));

      assertThat(pod(restored, "done").object("status")).isEqualTo(before);
      assertThat(container(restored, "bad").integer(-1, "restartCount")).isZero();
    }
  }

  @Test
  void aPodThatMustNotRestartFailsWithItsNode() throws Exception {
    KeptClusters.run(cluster, "p", "Never", "sleep 1000");
    assertThat(runsWithin(cluster, "p")).isTrue();

    try (EmbeddedCluster restored = EmbeddedCluster.restore(cluster.snapshot())) {
      restored.advance(Duration.ofMinutes(1));

      assertThat(pod(restored, "p").string("status", "phase")).isEqualTo("Failed");
    }
  }

  @Test
  void aDeploymentKeepsItsPodsAndItsService() throws Exception {
    cluster.request(
        ApiRequest.of(
            "POST",
            "/apis/apps/v1/namespaces/default/deployments",
            ApiRequest.JSON,
            """
            {"metadata": {"name": "web"}, "spec": {"replicas": 3,
              "selector": {"matchLabels": {"app": "web"}},
              "template": {"metadata": {"labels": {"app": "web"}}, "spec": {
                "containers": [{"name": "c", "image": "nginx"}]}}}}
            """));
    assertThat(cluster.runUntil(c -> available(c) == 3, Duration.ofMinutes(2))).isTrue();
    var before = names(cluster);

    try (EmbeddedCluster restored = EmbeddedCluster.restore(cluster.snapshot())) {
      restored.advance(Duration.ofMinutes(2));

      assertThat(available(restored)).isEqualTo(3);
      assertThat(names(restored)).isEqualTo(before);
    }
  }

  private static long available(EmbeddedCluster cluster) {
    return cluster
        .request(ApiRequest.get("/apis/apps/v1/namespaces/default/deployments/web"))
        .object()
        .integer(0, "status", "availableReplicas");
  }

  @Test
  void tokensThatWereGivenOutStayGood() throws Exception {
    String token =
        cluster
            .request(
                ApiRequest.of(
                    "POST",
                    "/api/v1/namespaces/default/serviceaccounts/default/token",
                    ApiRequest.JSON,
                    "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}"))
            .object()
            .string("status", "token");

    try (EmbeddedCluster restored = EmbeddedCluster.restore(cluster.snapshot())) {
      assertThat(restored.authenticate(token)).isPresent();
    }
  }

  @Test
  void bytesThatAreNoWholeSnapshotAreRefusedInOneSentence() throws Exception {
    byte[] whole = cluster.snapshot();
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 0x20;

    assertRefused(new byte[0], "The snapshot is empty.");
    assertRefused("hello".getBytes(StandardCharsets.UTF_8), "This is no snapshot");
    assertRefused(packed("{\"format\":\"cake\"}\n"), "This is no snapshot of a cluster.");
    assertRefused(Arrays.copyOf(whole, whole.length / 2), "The snapshot is cut off.");
    assertThatThrownBy(() -> EmbeddedCluster.restore(flipped))
        .isInstanceOf(DurabilityException.class);
  }

  @Test
  void aSnapshotOfANewerVersionIsRefusedInOneSentence() throws Exception {
    String text = unpacked(cluster.snapshot());
    assertRefused(
        packed(text.replaceFirst("\"version\":1", "\"version\":2")),
        "The snapshot was made by a newer Drydock (format 2; this one reads 1).");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> EmbeddedCluster.restore(bytes))
        .isInstanceOf(DurabilityException.class)
        .hasMessageContaining(message);
  }

  private static String unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
