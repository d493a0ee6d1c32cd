package dev.drydock.grader.proof;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;

/// One submission that an exercise ships with, and what it must come to.
public sealed interface Attempt {

  /// Such as `solutions/plain-manifest`.
  String name();

  Path folder();

  /// What the learner begins with: it must not pass.
  record Start(String name, Path folder) implements Attempt {}

  /// It must earn all points.
  record Solution(String name, Path folder) implements Attempt {}

  /// It must fail exactly the given checks.
  ///
  /// @param fails the message of each check that must fail, by the check's id
  record Mistake(String name, Path folder, ImmutableMap<String, String> fails) implements Attempt {}

  /// The name of the file that says what a mistake must come to.
  String EXPECTED = "expected.yaml";

  /// What was found to be otherwise than it must be.
  ///
  /// @param checks what each check came to, in order
  /// @param problems about the attempt as a whole
  record Outcome(
      Attempt attempt,
      int points,
      ImmutableList<CheckOutcome> checks,
      ImmutableList<String> problems) {

    public boolean holds() {
      return problems.isEmpty() && checks.stream().allMatch(CheckOutcome::holds);
    }

    /// Everything that is not as it must be, a sentence each.
    public ImmutableList<String> allProblems() {
      ImmutableList.Builder<String> all = ImmutableList.<String>builder().addAll(problems);
      checks.stream()
          .filter(check -> !check.holds())
          .forEach(check -> all.add(check.id() + ": " + check.problem()));
      return all.build();
    }
  }

  /// One check of an attempt.
  ///
  /// @param problem empty when the verdict is as it must be
  record CheckOutcome(String id, String title, String problem) {
    public boolean holds() {
      return problem.isEmpty();
    }
  }
}
