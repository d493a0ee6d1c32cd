package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.apply.ApplyResult;
import dev.drydock.grader.apply.ApplyResult.Rejected;
import dev.drydock.grader.evidence.EvidenceException;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.submission.SubmissionException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The check that every submission of files has: that it can be read and the API server takes it.
/// It is worth nothing by itself, and it fails in the API server's own words.
final class Acceptance {
  private static final String WHY =
      "Nothing of a refused manifest reaches the cluster: it is checked as a whole before anything"
          + " is stored.";

  private Acceptance() {}

  /// Applies the manifests and judges what came of it.
  static CheckResult of(Supplier<ImmutableList<ApplyResult>> application) {
    try {
      return judge(application.get());
    } catch (EvidenceException e) {
      return result(new Verdict.Errored(String.valueOf(e.getMessage())));
    }
  }

  private static CheckResult judge(ImmutableList<ApplyResult> results) {
    List<Rejected> rejected =
        results.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
    return result(rejected.isEmpty() ? new Verdict.Passed() : failed(rejected));
  }

  private static Verdict failed(List<Rejected> rejected) {
    Rejected first = rejected.getFirst();
    String message = rejected.stream().map(Rejected::message).collect(Collectors.joining("\n"));
    return new Verdict.Failed(
        message,
        "manifests without errors",
        null,
        first.path().isEmpty() ? null : first.path(),
        first.location(),
        WHY,
        "kubectl apply --dry-run=server -f " + first.location().file(),
        null,
        ImmutableList.of());
  }

  static CheckResult unreadable(SubmissionException problem) {
    @Nullable String nothing = null;
    return result(
        new Verdict.Failed(
            String.valueOf(problem.getMessage()),
            nothing,
            nothing,
            nothing,
            null,
            nothing,
            problem.next(),
            nothing,
            ImmutableList.of()));
  }

  private static CheckResult result(Verdict verdict) {
    return new CheckResult(Check.ACCEPTED, Check.ACCEPTED_TITLE, 0, verdict);
  }
}
