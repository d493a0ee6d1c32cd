package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.controller.Conditions;
import java.time.Instant;
import java.util.Optional;

/// The status of a job: what its pods have come to, and the conditions that follow. A job whose end
/// is decided says so at once (`SuccessCriteriaMet`, `FailureTarget`), and is `Complete` or
/// `Failed` when its last pod has gone.
final class JobStatus {
  private JobStatus() {}

  static boolean isFinished(JsonObject job) {
    JsonObject status = job.object("status");
    return Conditions.isTrue(status, "Complete") || Conditions.isTrue(status, "Failed");
  }

  static boolean isSuspended(JsonObject job) {
    return Conditions.isTrue(job.object("status"), "Suspended");
  }

  static Optional<JsonObject> failure(JsonObject job) {
    return Conditions.find(job.object("status"), "Failed")
        .filter(condition -> condition.string("status").equals("True"));
  }

  /// When a finished job ended; empty for one that has not.
  static Optional<Instant> finished(JsonObject job) {
    return job.array("status", "conditions")
        .objects()
        .filter(c -> c.string("type").equals("Complete") || c.string("type").equals("Failed"))
        .filter(c -> c.string("status").equals("True"))
        .findFirst()
        .flatMap(c -> Times.parse(c.string("lastTransitionTime")));
  }

  /// The status with the time of the start, which a suspension takes back.
  static JsonObject started(JsonObject job, Instant now) {
    JsonObject status = job.object("status");
    if (job.bool("spec", "suspend")) {
      return isSuspended(job)
          ? status
          : Conditions.set(
              status.without("startTime"),
              condition("Suspended", "True", "JobSuspended", "Job suspended", now));
    }
    JsonObject resumed =
        isSuspended(job)
            ? Conditions.set(
                status, condition("Suspended", "False", "JobResumed", "Job resumed", now))
            : status;
    return resumed.has("startTime") ? resumed : resumed.with("startTime", Times.seconds(now));
  }

  static JsonObject of(JobPods pods, Optional<JobOutcome> outcome, Instant now) {
    JsonObject old = pods.job().object("status");
    JsonObject.Builder status = old.toBuilder();
    put(status, "active", pods.active().size());
    put(status, "succeeded", pods.succeeded());
    put(status, "failed", pods.failed());
    status.put("ready", pods.ready());
    status.put("terminating", pods.terminating());
    status.put("uncountedTerminatedPods", JsonObject.EMPTY);
    if (pods.isIndexed() && !pods.completedIndexes().isEmpty()) {
      status.put("completedIndexes", Indexes.write(pods.completedIndexes()));
    }
    if (pods.limitsEachIndex()) {
      status.put("failedIndexes", Indexes.write(pods.failedIndexes()));
    }
    boolean last = pods.active().isEmpty() && pods.terminating() == 0;
    return outcome.map(end -> ended(status.build(), end, last, now)).orElseGet(status::build);
  }

  private static void put(JsonObject.Builder status, String field, long count) {
    if (count > 0) {
      status.put(field, count);
    } else {
      status.remove(field);
    }
  }

  private static JsonObject ended(JsonObject status, JobOutcome end, boolean last, Instant now) {
    JsonObject decided =
        Conditions.set(
            status, condition(end, end.complete() ? "SuccessCriteriaMet" : "FailureTarget", now));
    if (!last) {
      return decided;
    }
    JsonObject over =
        Conditions.set(decided, condition(end, end.complete() ? "Complete" : "Failed", now));
    return end.complete() ? over.with("completionTime", Times.seconds(now)) : over;
  }

  private static JsonObject condition(JobOutcome end, String type, Instant now) {
    return condition(type, "True", end.reason(), end.message(), now);
  }

  private static JsonObject condition(
      String type, String status, String reason, String message, Instant now) {
    return Conditions.condition(type, status, reason, message, now)
        .with("lastProbeTime", Times.seconds(now));
  }
}
