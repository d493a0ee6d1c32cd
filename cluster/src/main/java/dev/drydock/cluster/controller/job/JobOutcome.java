package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How a job ends. Models syncJob of pkg/controller/job, where it looks for reasons to end.
///
/// @param complete whether it did what it was to do
record JobOutcome(boolean complete, String reason, String message) {

  static Optional<JobOutcome> of(JobPods pods, Instant now) {
    JsonObject job = pods.job();
    Optional<String> fatal = pods.fatal();
    if (fatal.isPresent()) {
      return failed("PodFailurePolicy", fatal.get());
    }
    Optional<String> enough = SuccessPolicy.met(pods);
    if (enough.isPresent()) {
      return Optional.of(new JobOutcome(true, "SuccessPolicy", enough.get()));
    }
    if (isPastBackoffLimit(pods)) {
      return failed("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    if (untilDeadline(job, now).filter(left -> !left.isPositive()).isPresent()) {
      return failed("DeadlineExceeded", "Job was active longer than specified deadline");
    }
    if (pods.limitsEachIndex() && !pods.failedIndexes().isEmpty()) {
      int failed = pods.failedIndexes().size();
      if (failed > job.integer(Integer.MAX_VALUE, "spec", "maxFailedIndexes")) {
        return failed(
            "MaxFailedIndexesExceeded",
            "Job has exceeded the specified maximal number of failed indexes");
      }
      return pods.succeeded() + failed >= job.integer(0, "spec", "completions")
          ? failed("FailedIndexes", "Job has failed indexes")
          : Optional.empty();
    }
    return isComplete(pods)
        ? Optional.of(
            new JobOutcome(true, "CompletionsReached", "Reached expected number of succeeded pods"))
        : Optional.empty();
  }

  private static Optional<JobOutcome> failed(String reason, String message) {
    return Optional.of(new JobOutcome(false, reason, message));
  }

  private static boolean isPastBackoffLimit(JobPods pods) {
    long limit = pods.job().integer(6, "spec", "backoffLimit");
    boolean restarts =
        pods.job().string("spec", "template", "spec", "restartPolicy").equals("OnFailure");
    return pods.failed() > limit
        || (restarts && (limit == 0 ? pods.restarts() > 0 : pods.restarts() >= limit));
  }

  /// Without a number of completions, the first success says that the work is done.
  private static boolean isComplete(JobPods pods) {
    JsonObject spec = pods.job().object("spec");
    return spec.has("completions")
        ? pods.succeeded() >= spec.integer(0, "completions")
        : pods.succeeded() > 0 && pods.active().isEmpty();
  }

  /// What is left of the job's active deadline; empty where it has none or has not started.
  static Optional<Duration> untilDeadline(JsonObject job, Instant now) {
    long seconds = job.integer(-1, "spec", "activeDeadlineSeconds");
    if (seconds < 0 || job.bool("spec", "suspend")) {
      return Optional.empty();
    }
    return Times.parse(job.string("status", "startTime"))
        .map(start -> Duration.between(now, Times.after(start, seconds)));
  }
}
