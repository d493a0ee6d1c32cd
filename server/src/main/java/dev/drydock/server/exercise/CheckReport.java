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

  /// One check.
  ///
  /// @param file the learner's file that the finding points into; empty where there is none
  /// @param line counts from 1; 0 where there is none
  public record Finding(
      String id,
      String title,
      int points,
      int earned,
      Outcome outcome,
      String expected,
      String actual,
      String file,
      int line,
      String why,
      String next) {}

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
                    new Finding(
                        check.id(),
                        check.title(),
                        check.points(),
                        0,
                        Outcome.WAITING,
                        "",
                        "",
                        "",
                        0,
                        "",
                        ""))
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
