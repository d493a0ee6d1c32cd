package dev.drydock.grader;

import dev.drydock.cluster.Cluster;
import dev.drydock.grader.exercise.Exercise;

/// Makes the cluster on which one submission of an exercise is graded.
@FunctionalInterface
public interface ClusterFactory {
  /// A fresh cluster with the exercise's nodes; the caller closes it.
  Cluster create(Exercise exercise);
}
