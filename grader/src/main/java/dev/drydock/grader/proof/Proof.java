package dev.drydock.grader.proof;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.exercise.ExerciseId;

/// What came of proving an exercise.
///
/// @param problems about the exercise as a whole
public record Proof(
    ExerciseId exercise,
    int pointsMax,
    ImmutableList<Attempt.Outcome> attempts,
    ImmutableList<String> problems) {

  public boolean holds() {
    return problems.isEmpty() && attempts.stream().allMatch(Attempt.Outcome::holds);
  }
}
