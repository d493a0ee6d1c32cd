package dev.drydock.grader;

import dev.drydock.grader.engine.ProvenExercises;

/// Stands for the proofs on {@link FakeCluster}; tests of the engine run it.
@ProvenExercises(clusters = ExercisesOnFakeCluster.Fakes.class)
public final class ExercisesOnFakeCluster {

  /// Makes fake clusters.
  public static final class Fakes implements ClusterFactory {
    @Override
    public dev.drydock.cluster.Cluster create(dev.drydock.grader.exercise.Exercise exercise) {
      return new FakeCluster();
    }
  }
}
