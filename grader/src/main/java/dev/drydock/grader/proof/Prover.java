package dev.drydock.grader.proof;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.Cluster;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.ClusterFactory;
import dev.drydock.grader.Grader;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseFormatException;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmissionException;
import dev.drydock.grader.submission.SubmissionReader;
import org.jspecify.annotations.Nullable;

/// Proves exercises: their start fails, every solution earns all points, every mistake fails
/// exactly the checks meant for it with the messages meant for it, and every check is failed by
/// something.
public final class Prover {
  private static final int SOLUTIONS_MIN = 2;

  private final Grader grader;
  private final ClusterFactory clusters;

  public Prover(Grader grader, ClusterFactory clusters) {
    this.grader = grader;
    this.clusters = clusters;
  }

  public Proof prove(Exercise exercise) throws ExerciseFormatException {
    ImmutableList.Builder<Attempt.Outcome> outcomes = ImmutableList.builder();
    ImmutableList<Attempt> attempts = AttemptReader.read(exercise);
    for (Attempt attempt : attempts) {
      outcomes.add(prove(exercise, attempt));
    }
    return new Proof(
        exercise.id(), exercise.points(), outcomes.build(), problems(exercise, attempts));
  }

  /// What the set of attempts lacks.
  public static ImmutableList<String> problems(Exercise exercise, ImmutableList<Attempt> attempts) {
    ImmutableList.Builder<String> problems = ImmutableList.builder();
    if (attempts.stream().filter(Attempt.Solution.class::isInstance).count() < SOLUTIONS_MIN) {
      problems.add("fewer than two solutions are given");
    }
    for (Check check : exercise.checks().checks()) {
      if (attempts.stream().noneMatch(attempt -> failsBy(attempt, check))) {
        problems.add("check '%s' is failed by no mistake".formatted(check.id()));
      }
    }
    return problems.build();
  }

  private static boolean failsBy(Attempt attempt, Check check) {
    return attempt instanceof Attempt.Mistake mistake && mistake.fails().containsKey(check.id());
  }

  public Attempt.Outcome prove(Exercise exercise, Attempt attempt) {
    Report report = report(exercise, attempt);
    ImmutableList.Builder<Attempt.CheckOutcome> checks = ImmutableList.builder();
    for (CheckResult result : report.checks()) {
      checks.add(new Attempt.CheckOutcome(result.id(), result.title(), problem(attempt, result)));
    }
    return new Attempt.Outcome(attempt, report.points(), checks.build(), problems(attempt, report));
  }

  private Report report(Exercise exercise, Attempt attempt) {
    try (Cluster cluster = clusters.create(exercise)) {
      Submission submission =
          SubmissionReader.readExcept(attempt.name(), attempt.folder(), Attempt.EXPECTED);
      grader.prepare(exercise, cluster);
      return grader.grade(exercise, submission, cluster);
    } catch (SubmissionException e) {
      return Grader.unreadable(exercise, attempt.name(), e);
    }
  }

  private static ImmutableList<String> problems(Attempt attempt, Report report) {
    return switch (attempt) {
      case Attempt.Start _ ->
          report.passed() ? ImmutableList.of("the start passes already") : ImmutableList.of();
      case Attempt.Solution _ ->
          report.points() == report.pointsMax()
              ? ImmutableList.of()
              : ImmutableList.of(
                  "earns %d of %d points".formatted(report.points(), report.pointsMax()));
      case Attempt.Mistake mistake ->
          mistake.fails().keySet().stream()
              .filter(id -> report.find(id).isEmpty())
              .map(id -> "there is no check '%s'".formatted(id))
              .collect(ImmutableList.toImmutableList());
    };
  }

  private static String problem(Attempt attempt, CheckResult result) {
    if (result.verdict() instanceof Verdict.Errored(String message)) {
      return "broke: " + message;
    }
    return switch (attempt) {
      case Attempt.Start _ -> "";
      case Attempt.Solution _ ->
          result.passed() ? "" : "%s: %s".formatted(result.verdict().word(), words(result));
      case Attempt.Mistake mistake -> unexpected(mistake.fails().get(result.id()), result);
    };
  }

  private static String unexpected(@Nullable String message, CheckResult result) {
    boolean failed = result.verdict() instanceof Verdict.Failed;
    if (message == null) {
      return failed ? "fails, which is not expected: " + words(result) : "";
    }
    if (!failed) {
      return "must fail, but it is " + result.verdict().word();
    }
    return words(result).equals(message)
        ? ""
        : "fails with another message: '%s'".formatted(words(result));
  }

  private static String words(CheckResult result) {
    return switch (result.verdict()) {
      case Verdict.Failed failed -> failed.message();
      case Verdict.Errored(String message) -> message;
      case Verdict.Skipped(String reason) -> reason;
      case Verdict.Passed _ -> "";
    };
  }
}
