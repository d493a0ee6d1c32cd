package dev.drydock.server.exercise;

import com.google.common.base.Strings;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.grader.CheckResult;
import dev.drydock.grader.Grader;
import dev.drydock.grader.Report;
import dev.drydock.grader.Verdict;
import dev.drydock.grader.exercise.Exercise;
import dev.drydock.grader.exercise.ExerciseCatalog;
import dev.drydock.grader.exercise.ExerciseFormatException;
import dev.drydock.grader.submission.ManifestParser;
import dev.drydock.grader.submission.SourceLocation;
import dev.drydock.grader.submission.Submission;
import dev.drydock.grader.submission.SubmissionException;
import dev.drydock.grader.submission.SubmittedDocument;
import dev.drydock.server.exercise.CheckReport.Finding;
import dev.drydock.server.exercise.CheckReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/// Grades what runs in a learner's cluster by the exercise's checks.
///
/// An embedded cluster is forked first and the fork is graded: time can pass there in no time, and
/// nothing that the checks do is seen in the learner's own.
public final class LiveChecks implements CheckService {
  private final ExerciseCatalog catalog;

  /// Its expression language takes a while to load, so it is not loaded before the first page.
  private final Supplier<Grader> grader = Suppliers.memoize(Grader::new);

  public LiveChecks(ExerciseCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void warmUp() {
    var _ = grader.get();
  }

  @Override
  public CheckReport check(
      ExerciseInfo exercise, Cluster cluster, ImmutableMap<String, String> files) {
    Exercise whole = find(exercise.id());
    Submission submission = Submission.live("your cluster", documents(files));
    if (cluster instanceof EmbeddedCluster embedded) {
      try (EmbeddedCluster fork = embedded.fork()) {
        return report(grader.get().grade(whole, submission, fork));
      }
    }
    return report(grader.get().grade(whole, submission, cluster));
  }

  private Exercise find(String id) {
    try {
      return catalog.find(id).orElseThrow();
    } catch (ExerciseFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The manifests to point into. A file that cannot be read has no lines to point to, and what
  /// runs in the cluster is judged all the same.
  private static ImmutableList<SubmittedDocument> documents(ImmutableMap<String, String> files) {
    ImmutableList.Builder<SubmittedDocument> documents = ImmutableList.builder();
    files.forEach(
        (name, text) -> {
          try {
            documents.addAll(ManifestParser.parse(name, text.getBytes(StandardCharsets.UTF_8)));
          } catch (SubmissionException _) {
            // Apply says what is wrong with it.
          }
        });
    return documents.build();
  }

  private static CheckReport report(Report report) {
    ImmutableList<Finding> findings =
        report.checks().stream().map(LiveChecks::finding).collect(ImmutableList.toImmutableList());
    return new CheckReport(
        report.points(),
        report.pointsMax(),
        report.passed(),
        CheckReport.summary(report.points(), report.pointsMax(), findings),
        findings);
  }

  private static Finding finding(CheckResult check) {
    return switch (check.verdict()) {
      case Verdict.Passed _ -> bare(check, Outcome.PASSED, "");
      case Verdict.Errored(String message) -> bare(check, Outcome.ERRORED, message);
      case Verdict.Skipped(String reason) -> bare(check, Outcome.SKIPPED, reason);
      case Verdict.Failed failed -> explained(check, failed);
    };
  }

  private static Finding bare(CheckResult check, Outcome outcome, String message) {
    return Finding.bare(
        check.id(), check.title(), check.points(), check.earned(), outcome, message);
  }

  private static Finding explained(CheckResult check, Verdict.Failed failed) {
    Optional<SourceLocation> place = Optional.ofNullable(failed.location());
    return new Finding(
        check.id(),
        check.title(),
        check.points(),
        0,
        Outcome.FAILED,
        failed.message(),
        Strings.nullToEmpty(failed.expected()),
        Strings.nullToEmpty(failed.actual()),
        place.map(SourceLocation::file).orElse(""),
        place.map(SourceLocation::line).orElse(0),
        Strings.nullToEmpty(failed.why()),
        Strings.nullToEmpty(failed.next()),
        Strings.nullToEmpty(failed.hint()),
        failed.events());
  }
}
