package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.record.EventRecorder.Subject;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.PodControl;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Runs the pods of jobs until enough have succeeded or too many have failed. Models
/// pkg/controller/job, without its finalizer on pods: one that is removed before it was counted is
/// not counted.
public final class JobController extends Controller {
  static final String JOBS = "jobs.batch";

  private static final Comparator<JsonObject> NEWEST_FIRST =
      Comparator.comparing(Pods::created).reversed();

  public JobController() {
    super("job-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(JOBS) || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return event.resource().equals(JOBS)
        ? Stream.of(key(event.object()))
        : Owners.keys(event, context.client(), JOBS, "Job", Owners.Selecting::ofSpec);
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> found = client.get(JOBS, namespaceOf(key), nameOf(key));
    if (found.isEmpty()
        || ObjectMeta.isBeingDeleted(found.get())
        || JobStatus.isFinished(found.get())) {
      return Duration.ZERO;
    }
    JsonObject job = started(found.get(), context);
    JobPods pods = JobPods.of(job, Owners.claim(client, "pods", job, Owners.Selecting.ofSpec(job)));
    PodControl control = new PodControl(client, recorder(context));
    Optional<JobOutcome> outcome = JobOutcome.of(pods, context.now());
    Duration again = Duration.ZERO;
    Optional<StatusException> failure = Optional.empty();
    try {
      if (outcome.isPresent() || job.bool("spec", "suspend")) {
        pods.active().forEach(pod -> control.delete(pod, job));
      } else {
        again = manage(pods, control, context.now());
      }
    } catch (StatusException e) {
      failure = Optional.of(e);
    }
    JobPods after =
        JobPods.of(job, Owners.claim(client, "pods", job, Owners.Selecting.ofSpec(job)));
    write(job, JobStatus.of(after, outcome, context.now()), context);
    if (failure.isPresent()) {
      throw failure.get();
    }
    return soonest(again, JobOutcome.untilDeadline(job, context.now()));
  }

  private static Duration soonest(Duration again, Optional<Duration> deadline) {
    return Stream.concat(Stream.of(again), deadline.stream())
        .filter(Duration::isPositive)
        .min(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /// The job with the time of its start and whether it is suspended, which it may be from birth.
  private JsonObject started(JsonObject job, ComponentContext context) {
    JsonObject status = JobStatus.started(job, context.now());
    JsonObject started =
        status.equals(job.object("status"))
            ? job
            : context.client().updateStatus(JOBS, job.with("status", status));
    boolean before = JobStatus.isSuspended(job);
    boolean after = JobStatus.isSuspended(started);
    if (before != after) {
      recorder(context)
          .normal(
              Subject.of(job),
              after ? "Suspended" : "Resumed",
              after ? "Job suspended" : "Job resumed");
    }
    return started;
  }

  /// @return when to look again, if a failure is still too fresh
  private static Duration manage(JobPods pods, PodControl control, Instant now) {
    JsonObject job = pods.job();
    List<JsonObject> active = pods.active();
    long missing = wanted(pods) - active.size();
    if (missing <= 0) {
      active.stream()
          .sorted(Comparator.comparing(Pods::isReady).thenComparing(NEWEST_FIRST))
          .limit(-missing)
          .forEach(pod -> control.delete(pod, job));
      return Duration.ZERO;
    }
    Duration backoff = pods.backoff(now);
    if (backoff.isPositive()) {
      return backoff;
    }
    JobPods growing = pods;
    for (long i = 0; i < missing; i++) {
      JsonObject pod = pods.isIndexed() ? indexed(growing) : JobPod.of(job);
      JsonObject created = control.create(pod, job);
      growing = growing.plus(created);
    }
    return Duration.ZERO;
  }

  private static JsonObject indexed(JobPods pods) {
    int index = pods.nextIndex();
    return JobPod.of(pods.job(), index, pods.limitsEachIndex() ? pods.failuresOf(index) : -1);
  }

  private static long wanted(JobPods pods) {
    JsonObject spec = pods.job().object("spec");
    long parallelism = spec.integer(1, "parallelism");
    if (spec.has("completions")) {
      long done = pods.succeeded() + pods.failedIndexes().size();
      return Math.min(parallelism, spec.integer(0, "completions") - done);
    }
    return pods.succeeded() > 0 ? Math.min(parallelism, pods.active().size()) : parallelism;
  }

  private void write(JsonObject job, JsonObject status, ComponentContext context) {
    if (status.equals(job.object("status"))) {
      return;
    }
    JsonObject written = context.client().updateStatus(JOBS, job.with("status", status));
    if (JobStatus.isFinished(written)) {
      tell(written, context);
    }
  }

  private void tell(JsonObject job, ComponentContext context) {
    Optional<JsonObject> failure = JobStatus.failure(job);
    if (failure.isEmpty()) {
      recorder(context).normal(Subject.of(job), "Completed", "Job completed");
    } else {
      recorder(context)
          .warning(
              Subject.of(job), failure.get().string("reason"), failure.get().string("message"));
    }
  }
}
