package dev.drydock.server.exercise;

import com.google.common.collect.ImmutableList;

/// What checking a learner's cluster found, as the page shows it.
///
/// @param summary one sentence
public record CheckReport(
    int earned, int total, boolean passed, String summary, ImmutableList<Finding> checks) {

  /// How a check ended.
  public enum Outcome {
    PASSED,
    FAILED,
    /// Something of ours broke; never the learner's mistake.
    ERRORED,
    /// It waits for another check to pass.
    SKIPPED,
    /// It has not run yet.
    WAITING
  }

  /// One check. Texts that do not apply are empty.
  ///
  /// @param message the gap in one sentence
  /// @param file the learner's file that the finding points into
  /// @param line counts from 1; 0 where there is none
  /// @param next a command to try
  /// @param events the warnings that the cluster recorded
  public record Finding(
      String id,
      String title,
      int points,
      int earned,
      Outcome outcome,
      String message,
      String expected,
      String actual,
      String file,
      int line,
      String why,
      String next,
      String hint,
      ImmutableList<String> events) {

    /// A check with nothing to explain.
    public static Finding bare(
        String id, String title, int points, int earned, Outcome outcome, String message) {
      return new Finding(
          id,
          title,
          points,
          earned,
          outcome,
          message,
          "",
          "",
          "",
          0,
          "",
          "",
          "",
          ImmutableList.of());
    }
  }

  /// Before the first check.
  public static CheckReport notYet(ExerciseInfo exercise) {
    return new CheckReport(
        0,
        exercise.points(),
        false,
        "Nothing checked yet. Check looks at what runs in your cluster.",
        exercise.checks().stream()
            .map(
                check ->
                    Finding.bare(check.id(), check.title(), check.points(), 0, Outcome.WAITING, ""))
            .collect(ImmutableList.toImmutableList()));
  }

  /// A summary in words.
  public static String summary(int earned, int total, Iterable<Finding> checks) {
    int all = 0;
    int passed = 0;
    for (Finding check : checks) {
      all++;
      passed += check.outcome() == Outcome.PASSED ? 1 : 0;
    }
    String points = "%d of %d points".formatted(earned, total);
    return passed == all
        ? "Solved: all %d checks pass, %s.".formatted(all, points)
        : "%d of %d checks pass, %s.".formatted(passed, all, points);
  }
}
