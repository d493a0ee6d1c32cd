package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.storage.StoreEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same seed and the same inputs give the same history, and a fork is a cluster of its own.
final class DeterminismTest {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");
  private static final String PODS = "/api/v1/namespaces/default/pods";

  private static EmbeddedCluster cluster(long seed) {
    return EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, seed));
  }

  /// What people do to a cluster, drawn from a seed: pods that serve, loop, crash and never pull;
  /// deletions; labels; time passing.
  private static void play(EmbeddedCluster cluster, RandomGenerator random, int steps) {
    for (int i = 0; i < steps; i++) {
      String name = "p" + random.nextInt(6);
      switch (random.nextInt(5)) {
        case 0 -> create(cluster, name, "sh", "-c", "while true; do echo tick; sleep 3; done");
        case 1 -> create(cluster, name, "sh", "-c", "echo started; sleep 2; exit 7");
        case 2 -> cluster.request(ApiRequest.delete(PODS + "/" + name));
        case 3 ->
            cluster.request(
                ApiRequest.of(
                    "PATCH",
                    PODS + "/" + name,
                    ApiRequest.MERGE_PATCH,
                    "{\"metadata\":{\"labels\":{\"n\":\"" + i + "\"}}}"));
        default -> cluster.advance(Duration.ofMillis(random.nextLong(12_000)));
      }
    }
  }

  private static void create(EmbeddedCluster cluster, String name, String... command) {
    String words = String.join("\",\"", command);
    cluster.request(
        ApiRequest.of(
            "POST",
            PODS,
            ApiRequest.JSON,
            """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"}, "spec": {
              "terminationGracePeriodSeconds": 1,
              "containers": [{"name": "c", "image": "busybox", "command": ["%s"]}]}}
            """
                .formatted(name, words)));
  }

  /// Every change the store remembers, and the time.
  private static List<String> history(EmbeddedCluster cluster) {
    ClusterState state = cluster.state();
    List<String> history = new ArrayList<>();
    for (StoreEvent event : state.store().since(state.store().compacted())) {
      history.add(
          event.type()
              + " "
              + event.key()
              + " "
              + new String(JsonWriter.bytes(event.object().object()), StandardCharsets.UTF_8));
    }
    history.add(state.now().toString());
    history.add(Long.toString(state.entropy()));
    return history;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSameSeedGivesTheSameHistory(long seed) {
    try (EmbeddedCluster one = cluster(seed);
        EmbeddedCluster other = cluster(seed)) {
      play(one, new SplittableRandom(seed), 60);
      play(other, new SplittableRandom(seed), 60);

      assertThat(history(one)).hasSizeGreaterThan(100).isEqualTo(history(other));
    }
  }

  @Test
  void anotherSeedGivesAnotherHistory() {
    try (EmbeddedCluster one = cluster(1);
        EmbeddedCluster other = cluster(2)) {
      assertThat(history(one)).isNotEqualTo(history(other));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15})
  void aForkThatIsTreatedAlikeLivesAlike(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try (EmbeddedCluster origin = cluster(seed)) {
      play(origin, random, 10 + random.nextInt(40));
      try (EmbeddedCluster fork = origin.fork()) {
        play(origin, new SplittableRandom(seed + 1), 40);
        play(fork, new SplittableRandom(seed + 1), 40);

        assertThat(history(fork)).isEqualTo(history(origin));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void aForkThatIsTreatedOtherwiseLeavesItsOriginAlone(long seed) {
    try (EmbeddedCluster origin = cluster(seed)) {
      play(origin, new SplittableRandom(seed), 30);
      List<String> before = history(origin);
      try (EmbeddedCluster fork = origin.fork()) {
        play(fork, new SplittableRandom(seed + 1), 40);

        assertThat(history(origin)).isEqualTo(before);
        assertThat(history(fork)).isNotEqualTo(before);
      }
    }
  }

  @Test
  void aForkCostsNoCopy() {
    try (EmbeddedCluster origin = cluster(31);
        EmbeddedCluster fork = origin.fork()) {
      assertThat(fork.state()).isSameAs(origin.state());
    }
  }

  @Test
  void virtualAndRealTimeReachTheSameEnd() {
    try (EmbeddedCluster virtual = cluster(41);
        EmbeddedCluster real =
            EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.REAL, BIRTH, 41))) {
      for (EmbeddedCluster cluster : List.of(virtual, real)) {
        create(cluster, "once", "sh", "-c", "echo done; exit 3");
        assertThat(
                cluster.runUntil(
                    c -> waitingReason(c).contains("exitCode\":3"), Duration.ofMinutes(2)))
            .isTrue();
      }
      assertThat(Map.of("log", log(real))).isEqualTo(Map.of("log", log(virtual)));
      assertThat(log(real)).startsWith("done\n");
    }
  }

  private static String waitingReason(EmbeddedCluster cluster) {
    return cluster.request(ApiRequest.get(PODS + "/once")).text();
  }

  private static String log(EmbeddedCluster cluster) {
    return cluster.request(ApiRequest.get(PODS + "/once/log")).text();
  }
}
