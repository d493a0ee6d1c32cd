package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.exercise.ExerciseId;
import java.time.Duration;
import java.util.Optional;

/// What grading a submission found.
///
/// @param submission how the submission is called
/// @param pointsMax what the exercise is worth
/// @param clusterTime how much time passed in the cluster while it was graded
public record Report(
    ExerciseId exercise,
    String title,
    String submission,
    int pointsMax,
    ImmutableList<CheckResult> checks,
    Duration clusterTime,
    Outcome outcome) {

  /// The end of it, in one word.
  public enum Outcome {
    /// Every check passed.
    PASSED,
    /// At least one failed.
    FAILED,
    /// At least one check broke; the submission may be right.
    ERRORED,
    /// The submission could not be read.
    UNREADABLE
  }

  public static Report of(
      ExerciseId exercise,
      String title,
      String submission,
      int pointsMax,
      ImmutableList<CheckResult> checks,
      Duration clusterTime) {
    return new Report(exercise, title, submission, pointsMax, checks, clusterTime, outcome(checks));
  }

  private static Outcome outcome(ImmutableList<CheckResult> checks) {
    if (checks.stream().anyMatch(check -> check.verdict() instanceof Verdict.Errored)) {
      return Outcome.ERRORED;
    }
    return checks.stream().allMatch(CheckResult::passed) ? Outcome.PASSED : Outcome.FAILED;
  }

  public int points() {
    return checks.stream().mapToInt(CheckResult::earned).sum();
  }

  public boolean passed() {
    return outcome == Outcome.PASSED;
  }

  public Optional<CheckResult> find(String id) {
    return checks.stream().filter(check -> check.id().equals(id)).findFirst();
  }
}
