package dev.drydock.cluster.embedded;

import static dev.drydock.cluster.embedded.KeptClusters.has;
import static dev.drydock.cluster.embedded.KeptClusters.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The clock of a cluster that runs, and the way back to an earlier moment.
final class TimeTravelTest {
  private static EmbeddedCluster real() {
    return EmbeddedCluster.create(
        ClusterOptions.named("kuar", ClockKind.REAL, KeptClusters.BIRTH, 5));
  }

  private static EmbeddedCluster virtual() {
    return EmbeddedCluster.create(KeptClusters.options(5));
  }

  @Test
  void skippingAheadLetsEverythingHappenOnTheWay() {
    try (EmbeddedCluster cluster = real()) {
      KeptClusters.run(cluster, "p", "Never", "sleep 3000; echo done");
      cluster.skip(Duration.ofMinutes(30));
      assertThat(KeptClusters.isRunning(cluster, "p")).isTrue();
      cluster.skip(Duration.ofMinutes(30));

      assertThat(KeptClusters.pod(cluster, "p").string("status", "phase")).isEqualTo("Succeeded");
      assertThat(cluster.now()).isAfterOrEqualTo(KeptClusters.BIRTH.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void fastTimeBringsWhatIsDueSooner() {
    try (EmbeddedCluster cluster = real()) {
      assertThat(cluster.speed()).isEqualTo(1);
      cluster.setSpeed(1000);
      KeptClusters.run(cluster, "p", "Never", "sleep 600");

      assertThat(
              cluster.runUntil(
                  c -> KeptClusters.pod(c, "p").string("status", "phase").equals("Succeeded"),
                  Duration.ofHours(2)))
          .isTrue();
    }
  }

  @Test
  void onlyTimeThatPassesHasASpeed() {
    try (EmbeddedCluster cluster = virtual();
        EmbeddedCluster running = real()) {
      assertThatThrownBy(() -> cluster.setSpeed(10)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> running.setSpeed(0))
          .hasMessage("the speed must be between 1 and 1000, not 0");
    }
  }

  @Test
  void rewindingUndoesWhatHappenedSince() {
    try (EmbeddedCluster cluster = virtual()) {
      put(cluster, "kept");
      Instant then = cluster.now();
      Checkpoint moment = cluster.checkpoint("before the risk");
      put(cluster, "undone");
      cluster.advance(Duration.ofMinutes(5));

      cluster.rewind(moment);

      assertThat(cluster.now()).isEqualTo(then);
      assertThat(has(cluster, "kept")).isTrue();
      assertThat(has(cluster, "undone")).isFalse();
      assertThat(put(cluster, "undone").status()).isEqualTo(201);
      cluster.advance(Duration.ofMinutes(5));
      assertThat(cluster.now()).isEqualTo(then.plus(Duration.ofMinutes(5)));
    }
  }

  @Test
  void rewindingRunningTimeGoesOnFromThere() {
    try (EmbeddedCluster cluster = real()) {
      Checkpoint moment = cluster.checkpoint("start");
      cluster.setSpeed(10);
      cluster.skip(Duration.ofHours(1));
      cluster.rewind(moment);

      assertThat(cluster.now()).isBefore(KeptClusters.BIRTH.plus(Duration.ofMinutes(30)));
      assertThat(cluster.speed()).isEqualTo(10);
      assertThat(put(cluster, "on").status()).isEqualTo(201);
    }
  }

  @Test
  void aCheckpointIsTakenEveryMinuteAndOnlyTheNewestAreKept() {
    try (EmbeddedCluster cluster = virtual()) {
      cluster.advance(Duration.ofMinutes(30));
      for (int i = 0; i < 15; i++) {
        cluster.checkpoint("mine");
      }

      assertThat(cluster.checkpoints()).hasSize(2 * Checkpoints.KEPT_MAX);
      assertThat(cluster.checkpoints())
          .filteredOn(each -> each.label().isEmpty())
          .hasSize(Checkpoints.KEPT_MAX)
          .allSatisfy(
              each -> assertThat(each.time()).isAfter(cluster.now().minus(Duration.ofMinutes(12))));
    }
  }

  @Test
  void aForgottenMomentCannotBeGoneBackTo() {
    try (EmbeddedCluster cluster = virtual();
        EmbeddedCluster other = virtual()) {
      Checkpoint foreign = other.checkpoint("mine");
      Checkpoint early = cluster.checkpoint("early");
      Checkpoint late = cluster.checkpoint("late");
      cluster.advance(Duration.ofMinutes(1));
      Checkpoint later = cluster.checkpoint("later");
      cluster.rewind(early);

      assertThatThrownBy(() -> cluster.rewind(later)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> cluster.rewind(foreign))
          .isInstanceOf(IllegalArgumentException.class);
      cluster.rewind(late);
    }
  }

  @Test
  void aRewindIsKept(@TempDir Path folder) throws Exception {
    try (EmbeddedCluster cluster = KeptClusters.in(folder.resolve("c"))) {
      Checkpoint moment = cluster.checkpoint("");
      put(cluster, "undone");
      cluster.rewind(moment);
      put(cluster, "after");
    }
    try (EmbeddedCluster cluster = EmbeddedCluster.open(folder.resolve("c"), KeptClusters.BIRTH)) {
      assertThat(has(cluster, "undone")).isFalse();
      assertThat(has(cluster, "after")).isTrue();
    }
  }
}
