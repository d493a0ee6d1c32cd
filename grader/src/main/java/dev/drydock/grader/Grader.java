package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.Cluster;
import dev.drydock.grader.apply.Applier;
import dev.drydock.grader.apply.ApplyResult;
import dev.drydock.grader.cel.CheckLanguage;
import dev.drydock.grader.evidence.ApiClient;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.evidence.EvidenceException;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.submission.ManifestParser;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmissionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Grades submissions. One grader serves many threads; each grading has a cluster of its own.
public final class Grader {
  /// How often the cluster is looked at, in cluster time.
  private static final Duration STEP = Duration.ofSeconds(1);

  private final CheckLanguage language;

  public Grader() {
    this(new CheckLanguage());
  }

  public Grader(CheckLanguage language) {
    this.language = language;
  }

  /// Puts into a new cluster what the exercise begins with.
  ///
  /// @throws EvidenceException when the cluster refuses it
  public void prepare(Exercise exercise, Cluster cluster) {
    Applier applier = new Applier(new ApiClient(cluster));
    for (Path manifest : exercise.environment().manifests()) {
      for (ApplyResult result : applier.apply(parse(manifest))) {
        if (result instanceof ApplyResult.Rejected(String message, _, _)) {
          throw new EvidenceException(
              "the environment of %s was refused: %s".formatted(exercise.id(), message));
        }
      }
    }
  }

  private static ImmutableList<dev.drydock.grader.submission.SubmittedDocument> parse(Path file) {
    try {
      return ManifestParser.parse(file.getFileName().toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SubmissionException e) {
      throw new EvidenceException(String.valueOf(e.getMessage()));
    }
  }

  /// Grades a submission on a cluster that {@link #prepare} has made ready. Files are applied
  /// first; a live submission is judged as it stands. Then cluster time passes until every check
  /// passes, or as long as the exercise allows. The cluster is the caller's: it is changed, and not
  /// closed.
  public Report grade(Exercise exercise, Submission submission, Cluster cluster) {
    ApiClient client = new ApiClient(cluster);
    ImmutableList.Builder<CheckResult> results = ImmutableList.builder();
    if (submission.way() == Submission.Way.FILES) {
      results.add(Acceptance.of(() -> new Applier(client).apply(submission.documents())));
    }
    Duration passed = Duration.ZERO;
    Look look = look(exercise, submission, cluster, client);
    while (!look.allPass() && passed.compareTo(exercise.checks().settle()) < 0) {
      cluster.advance(STEP);
      passed = passed.plus(STEP);
      look = look(exercise, submission, cluster, client);
    }
    results.addAll(look.results());
    return Report.of(
        exercise.id(),
        exercise.title(),
        submission.name(),
        exercise.points(),
        results.build(),
        passed);
  }

  private Look look(Exercise exercise, Submission submission, Cluster cluster, ApiClient client) {
    Evidence evidence = new Evidence(cluster, client, submission.objects());
    return new Look(language, exercise.checks(), submission, evidence);
  }

  /// The report of a submission that cannot be read: no points, and the reason.
  public static Report unreadable(Exercise exercise, String name, SubmissionException problem) {
    ImmutableList.Builder<CheckResult> results = ImmutableList.builder();
    results.add(Acceptance.unreadable(problem));
    for (Check check : exercise.checks().checks()) {
      results.add(
          new CheckResult(
              check.id(),
              check.title(),
              check.points(),
              new Verdict.Skipped("The submission could not be read.")));
    }
    return new Report(
        exercise.id(),
        exercise.title(),
        name,
        exercise.points(),
        results.build(),
        Duration.ZERO,
        Report.Outcome.UNREADABLE);
  }
}
