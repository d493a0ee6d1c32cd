package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Clusters with the same nodes are born of one that was booted once, and have nothing of each
/// other's.
final class RebirthTest {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");
  private static final String TOKEN_FILE = "/var/run/secrets/kubernetes.io/serviceaccount/token";

  private static EmbeddedCluster cluster(long seed) {
    return EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed));
  }

  private static List<JsonObject> objects(EmbeddedCluster cluster) {
    return cluster.state().store().resources().stream()
        .sorted()
        .flatMap(resource -> cluster.state().store().list(resource, ""))
        .map(StoredObject::object)
        .toList();
  }

  private static List<String> uids(EmbeddedCluster cluster) {
    return objects(cluster).stream().map(ObjectMeta::uid).filter(uid -> !uid.isEmpty()).toList();
  }

  private static String text(JsonObject object) {
    return new String(JsonWriter.bytes(object), StandardCharsets.UTF_8);
  }

  @Test
  void theSameSeedGivesTheSameCluster() {
    try (EmbeddedCluster one = cluster(1);
        EmbeddedCluster other = cluster(1)) {
      assertThat(objects(one)).hasSizeGreaterThan(300).isEqualTo(objects(other));
    }
  }

  @Test
  void clustersHaveNoUidInCommon() {
    try (EmbeddedCluster one = cluster(1);
        EmbeddedCluster other = cluster(2)) {
      assertThat(uids(one)).hasSizeGreaterThan(300).doesNotContainAnyElementsOf(uids(other));
    }
  }

  @Test
  void whatIsCreatedLaterHasUidsOfItsOwn() {
    try (EmbeddedCluster cluster = cluster(8)) {
      for (int i = 0; i < 400; i++) {
        String body =
            "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c" + i + "\"}}";
        assertThat(
                cluster
                    .request(
                        ApiRequest.of(
                            "POST",
                            "/api/v1/namespaces/default/configmaps",
                            "application/json",
                            body))
                    .status())
            .isEqualTo(201);
      }
      assertThat(uids(cluster)).hasSizeGreaterThan(700).doesNotHaveDuplicates();
    }
  }

  @Test
  void ownersAreKnownByTheirNewUids() {
    try (EmbeddedCluster cluster = cluster(3)) {
      List<String> uids = uids(cluster);
      assertThat(objects(cluster).stream().flatMap(RebirthTest::ownerUids))
          .hasSizeGreaterThan(10)
          .isSubsetOf(uids);
    }
  }

  private static Stream<String> ownerUids(JsonObject object) {
    return object.array("metadata", "ownerReferences").objects().map(owner -> owner.string("uid"));
  }

  @Test
  void agesStartAtZero() {
    try (EmbeddedCluster cluster = cluster(4)) {
      assertThat(objects(cluster))
          .extracting(object -> object.string("metadata", "creationTimestamp"))
          .containsOnly(BIRTH.toString());
      assertThat(cluster.now()).isEqualTo(BIRTH);
    }
  }

  @Test
  void nothingOfTheBootIsLeft() {
    try (EmbeddedCluster cluster = cluster(5)) {
      assertThat(objects(cluster).stream().map(RebirthTest::text))
          .noneMatch(text -> text.contains("1999-12-31") || text.contains("nobody's"));
      String everythingElse = cluster.state().toString();
      assertThat(everythingElse.contains(BIRTH.toString())).isTrue();
      assertThat(everythingElse.contains("1999-12-31")).isFalse();
      assertThat(log(cluster, "etcd")).contains("\"ts\":\"2026-11-01T09:00:00.000000Z\"");
      assertThat(log(cluster, "kube-scheduler")).startsWith("I1101 09:00:00.000000");
    }
  }

  private static String log(EmbeddedCluster cluster, String component) {
    return cluster
        .request(
            ApiRequest.get(
                "/api/v1/namespaces/kube-system/pods/" + component + "-kuar-control-plane/log"))
        .text();
  }

  @Test
  void aTokenOfOneClusterIsNobodysOnAnother() {
    try (EmbeddedCluster one = cluster(6);
        EmbeddedCluster other = cluster(7)) {
      one.advance(Duration.ofSeconds(1));
      String token = mountedToken(one);

      assertThat(one.authenticate(token)).isPresent();
      assertThat(other.authenticate(token)).isEmpty();
    }
  }

  @Test
  void mountedTokensAreTheClustersOwnWithinASecond() {
    try (EmbeddedCluster cluster = cluster(8)) {
      assertThat(cluster.authenticate(mountedToken(cluster))).isEmpty();

      cluster.advance(Duration.ofSeconds(1));

      assertThat(cluster.authenticate(mountedToken(cluster)))
          .hasValueSatisfying(
              user ->
                  assertThat(user.name()).isEqualTo("system:serviceaccount:kube-system:kindnet"));
    }
  }

  private static String mountedToken(EmbeddedCluster cluster) {
    JsonObject kindnet =
        objects(cluster).stream()
            .filter(o -> o.string("kind").equals("Pod"))
            .filter(o -> ObjectMeta.name(o).startsWith("kindnet-"))
            .findFirst()
            .orElseThrow();
    String id =
        kindnet
            .array("status", "containerStatuses")
            .objects()
            .findFirst()
            .orElseThrow()
            .string("containerID")
            .replace("containerd://", "");
    ContainerRuntime runtime =
        ContainerRuntime.of(cluster.state().runtime(), cluster.now(), new SplittableRandom(1));
    return new String(
        runtime.readFile(id, TOKEN_FILE, 10_000).orElseThrow(), StandardCharsets.UTF_8);
  }

  @Test
  void aClusterOfSeveralNodesNamesThemAsKindDoes() {
    ClusterOptions one = ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, 9);
    ClusterOptions three =
        new ClusterOptions(
            "kuar",
            com.google.common.collect.ImmutableList.of(
                one.nodes().getFirst(),
                new ClusterOptions.NodeOptions("kuar-worker", false, "4", "8Gi", 110),
                new ClusterOptions.NodeOptions("kuar-worker2", false, "4", "8Gi", 110)),
            ClockKind.VIRTUAL,
            BIRTH,
            9);
    try (EmbeddedCluster cluster = EmbeddedCluster.create(three)) {
      assertThat(
              objects(cluster).stream()
                  .filter(o -> o.string("kind").equals("Node"))
                  .map(node -> node.string("spec", "providerID")))
          .containsExactly(
              "kind://docker/kuar/kuar-control-plane",
              "kind://docker/kuar/kuar-worker",
              "kind://docker/kuar/kuar-worker2");
      assertThat(
              objects(cluster).stream()
                  .filter(o -> o.string("kind").equals("Pod"))
                  .filter(o -> ObjectMeta.name(o).startsWith("kube-proxy-"))
                  .map(pod -> pod.string("spec", "nodeName")))
          .containsExactlyInAnyOrder("kuar-control-plane", "kuar-worker", "kuar-worker2");
    }
  }
}
