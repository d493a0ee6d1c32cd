package dev.drydock.grader.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.drydock.cluster.Cluster;
import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.ExercisesOnFakeCluster;
import dev.drydock.grader.FakeCluster;
import dev.drydock.grader.exercise.Exercise;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

class DrydockTestEngineTest {

  @Test
  void runsEveryCheckOfEveryAttemptAsATest() {
    EngineExecutionResults results =
        EngineTestKit.engine(DrydockTestEngine.ID)
            .selectors(selectClass(ExercisesOnFakeCluster.class))
            .execute();

    assertThat(results.testEvents().failed().count()).isZero();
    assertThat(results.containerEvents().failed().count()).isZero();
    assertThat(results.testEvents().succeeded().count()).isGreaterThan(100);
  }

  @Test
  void runsOneAttemptByItsUniqueId() {
    UniqueId attempt =
        UniqueId.forEngine(DrydockTestEngine.ID)
            .append("catalog", ExercisesOnFakeCluster.class.getName())
            .append("exercise", "pods/first-pod")
            .append("attempt", "mistakes/wrong-tag");

    EngineExecutionResults results =
        EngineTestKit.engine(DrydockTestEngine.ID).selectors(selectUniqueId(attempt)).execute();

    assertThat(results.testEvents().succeeded().count()).isEqualTo(9);
    assertThat(results.allEvents().failed().count()).isZero();
  }

  @Test
  void leavesOtherClassesAlone() {
    EngineTestKit.engine(DrydockTestEngine.ID)
        .selectors(selectClass(String.class))
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.started(0));
  }

  @Test
  void failsTheChecksThatBreakWhenTheClusterDoes() {
    EngineExecutionResults results =
        EngineTestKit.engine(DrydockTestEngine.ID)
            .selectors(selectClass(OnBrokenCluster.class))
            .execute();

    assertThat(results.allEvents().failed().count()).isPositive();
  }

  /// The proofs on a cluster that answers nothing but errors.
  @ProvenExercises(clusters = OnBrokenCluster.Broken.class)
  static final class OnBrokenCluster {
    /// Makes broken clusters.
    static final class Broken implements ClusterFactory {
      @Override
      public Cluster create(Exercise exercise) {
        FakeCluster cluster = new FakeCluster();
        cluster.broken = true;
        return cluster;
      }
    }
  }
}
