package dev.drydock.server.exercise;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.Cluster;

/// Grades what runs in a learner's cluster.
@FunctionalInterface
public interface CheckService {
  /// @param files the learner's files of this exercise by name, so that a finding can point to a
  ///   line
  CheckReport check(ExerciseInfo exercise, Cluster cluster, ImmutableMap<String, String> files);

  /// Gets ready for the first check, so that nobody need wait for it.
  default void warmUp() {}
}
