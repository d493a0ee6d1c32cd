package dev.drydock.cluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.storage.StoreEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Lives random lives. Each seed lives once with all invariants checked after every step, once more
/// from the middle as a fork, and once more from the beginning; all three must be the same life.
/// `-Dsimulation.seeds=1000` lives more of them, `-Dsimulation.first=17` begins elsewhere.
final class SimulationTest {
  private static final int STEPS = 30;
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  static LongStream seeds() {
    long first = Long.getLong("simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("simulation.seeds", 5));
  }

  private static EmbeddedCluster cluster(long seed) {
    return EmbeddedCluster.create(
        new ClusterOptions(
            "sim",
            ImmutableList.of(
                new NodeOptions("sim-control-plane", true, "2", "4Gi", 24),
                new NodeOptions("sim-worker1", false, "2", "4Gi", 12),
                new NodeOptions("sim-worker2", false, "3", "2Gi", 12)),
            ClockKind.VIRTUAL,
            BIRTH,
            seed));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLifeKeepsTheInvariantsAndCanBeLivedAgain(long seed) {
    List<String> steps = new ArrayList<>();
    try (EmbeddedCluster cluster = cluster(seed);
        EmbeddedCluster again = cluster(seed)) {
      live(cluster, seed, steps);
      try (EmbeddedCluster fork = cluster.fork()) {
        live(cluster, -seed, steps);
        live(fork, -seed, new ArrayList<>());
        assertThat(history(fork)).as("the fork's life").isEqualTo(history(cluster));
      }
      live(again, seed, new ArrayList<>());
      live(again, -seed, new ArrayList<>());
      assertThat(history(again)).as("the second life").isEqualTo(history(cluster));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d, after%n%s%n%s".formatted(seed, String.join("\n", steps), e.getMessage()), e);
    }
  }

  private static void live(EmbeddedCluster cluster, long seed, List<String> steps) {
    Actions actions = new Actions(cluster, new SplittableRandom(seed));
    Invariants invariants = new Invariants(cluster.state().store());
    for (int i = 0; i < STEPS; i++) {
      steps.add(i + ": " + actions.next());
      invariants.check(cluster.state().store());
    }
  }

  /// A digest of every change the store remembers, and the state of time and randomness.
  private static String history(EmbeddedCluster cluster) {
    ClusterState state = cluster.state();
    Hasher digest = Hashing.sha256().newHasher();
    for (StoreEvent event : state.store().since(state.store().compacted())) {
      digest.putUnencodedChars(event.type() + " " + event.key());
      digest.putBytes(JsonWriter.bytes(event.object().object()));
    }
    return "%s revision %d at %s, entropy %d"
        .formatted(digest.hash(), state.store().revision(), state.now(), state.entropy());
  }
}
