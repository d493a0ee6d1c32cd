package dev.drydock.cluster.controller.cronjob;

import dev.drydock.cluster.apimachinery.cron.CronFormatException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.client.record.EventRecorder.Subject;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Owners;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts the jobs of cron jobs at their times and clears away old ones. Models
/// pkg/controller/cronjob.
public final class CronJobController extends Controller {
  private static final String CRON_JOBS = "cronjobs.batch";
  private static final String JOBS = "jobs.batch";
  private static final int MISSED_MAX = 100;

  /// So that the clock has surely passed the time when it is looked at.
  private static final Duration MARGIN = Duration.ofMillis(100);

  public CronJobController() {
    super("cronjob-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(CRON_JOBS) || resource.equals(JOBS);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals(CRON_JOBS)) {
      return Stream.of(key(event.object()));
    }
    return ObjectMeta.controllerOf(event.object())
        .filter(owner -> owner.string("kind").equals("CronJob"))
        .map(owner -> ObjectMeta.namespace(event.object()) + "/" + owner.string("name"))
        .stream();
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> found = client.get(CRON_JOBS, namespaceOf(key), nameOf(key));
    if (found.isEmpty() || ObjectMeta.isBeingDeleted(found.get())) {
      return Duration.ZERO;
    }
    JsonObject cronJob = withFinishedJobs(found.get(), context);
    clearHistory(cronJob, context);
    if (cronJob.bool("spec", "suspend")) {
      return Duration.ZERO;
    }
    try {
      Timetable timetable = Timetable.of(cronJob, context.now());
      if (timetable.missed() > MISSED_MAX) {
        recorder(context)
            .warning(
                Subject.of(cronJob),
                "TooManyMissedTimes",
                ("too many missed start times: %d. Set or decrease"
                        + " .spec.startingDeadlineSeconds or check clock skew")
                    .formatted(timetable.missed()));
      }
      timetable.due().ifPresent(time -> start(cronJob, time, context));
      return timetable
          .next()
          .map(time -> Duration.between(context.now(), time).plus(MARGIN))
          .orElse(Duration.ZERO);
    } catch (CronFormatException e) {
      recorder(context)
          .warning(
              Subject.of(cronJob),
              "UnparseableSchedule",
              "unparseable schedule: %s : %s"
                  .formatted(cronJob.string("spec", "schedule"), e.getMessage()));
      return Duration.ZERO;
    }
  }

  private static List<JsonObject> jobs(JsonObject cronJob, Client client) {
    return client.list(JOBS, ObjectMeta.namespace(cronJob)).stream()
        .filter(job -> Owners.controls(cronJob, job))
        .sorted(Comparator.comparing(Pods::created).thenComparing(ObjectMeta::name))
        .toList();
  }

  private static boolean is(JsonObject job, String condition) {
    return Conditions.isTrue(job.object("status"), condition);
  }

  private static boolean isFinished(JsonObject job) {
    return is(job, "Complete") || is(job, "Failed");
  }

  /// The cron job whose status lists the jobs that run and knows the last success.
  private JsonObject withFinishedJobs(JsonObject cronJob, ComponentContext context) {
    List<JsonObject> jobs = jobs(cronJob, context.client());
    for (JsonObject job : jobs) {
      if (isFinished(job) && isListed(cronJob, job)) {
        recorder(context)
            .normal(
                Subject.of(cronJob),
                "SawCompletedJob",
                "Saw completed job: %s, condition: %s"
                    .formatted(ObjectMeta.name(job), is(job, "Complete") ? "Complete" : "Failed"));
      }
    }
    List<JsonObject> running = jobs.stream().filter(job -> !isFinished(job)).toList();
    JsonObject status = withActive(cronJob.object("status"), running);
    Optional<String> success =
        jobs.stream()
            .map(job -> job.string("status", "completionTime"))
            .filter(time -> !time.isEmpty())
            .max(Comparator.naturalOrder());
    if (success.isPresent() && success.get().compareTo(status.string("lastSuccessfulTime")) > 0) {
      status = status.with("lastSuccessfulTime", success.get());
    }
    return written(cronJob, status, context.client());
  }

  private static boolean isListed(JsonObject cronJob, JsonObject job) {
    return cronJob
        .array("status", "active")
        .objects()
        .anyMatch(active -> active.string("uid").equals(ObjectMeta.uid(job)));
  }

  private static JsonObject withActive(JsonObject status, List<JsonObject> running) {
    List<JsonObject> references =
        running.stream()
            .map(
                job ->
                    JsonObject.builder()
                        .put("kind", "Job")
                        .put("namespace", ObjectMeta.namespace(job))
                        .put("name", ObjectMeta.name(job))
                        .put("uid", ObjectMeta.uid(job))
                        .put("apiVersion", "batch/v1")
                        .put("resourceVersion", ObjectMeta.resourceVersion(job))
                        .build())
            .toList();
    boolean same =
        references.stream()
            .map(reference -> reference.string("uid"))
            .toList()
            .equals(status.array("active").objects().map(active -> active.string("uid")).toList());
    if (same) {
      return status;
    }
    return references.isEmpty()
        ? status.without("active")
        : status.with("active", JsonArray.copyOf(references));
  }

  private static JsonObject written(JsonObject cronJob, JsonObject status, Client client) {
    return status.equals(cronJob.object("status"))
        ? cronJob
        : client.updateStatus(CRON_JOBS, cronJob.with("status", status));
  }

  private void start(JsonObject cronJob, Instant time, ComponentContext context) {
    Client client = context.client();
    EventRecorder events = recorder(context);
    List<JsonObject> running =
        jobs(cronJob, client).stream().filter(job -> !isFinished(job)).toList();
    String policy = cronJob.string("spec", "concurrencyPolicy");
    if (policy.equals("Forbid") && !running.isEmpty()) {
      events.normal(
          Subject.of(cronJob),
          "JobAlreadyActive",
          "Not starting job because prior execution is running and concurrency policy is Forbid");
      return;
    }
    if (policy.equals("Replace")) {
      running.forEach(job -> delete(cronJob, job, context));
    }
    String name = ScheduledJob.name(cronJob, time);
    if (client.get(JOBS, ObjectMeta.namespace(cronJob), name).isEmpty()) {
      client.create(JOBS, ScheduledJob.of(cronJob, time));
      events.normal(Subject.of(cronJob), "SuccessfulCreate", "Created job " + name);
    }
    List<JsonObject> active =
        jobs(cronJob, client).stream().filter(job -> !isFinished(job)).toList();
    JsonObject status =
        withActive(cronJob.object("status"), active)
            .with("lastScheduleTime", Json.of(Times.seconds(time)));
    written(cronJob, status, client);
  }

  private void clearHistory(JsonObject cronJob, ComponentContext context) {
    clear(cronJob, "Complete", cronJob.integer(3, "spec", "successfulJobsHistoryLimit"), context);
    clear(cronJob, "Failed", cronJob.integer(1, "spec", "failedJobsHistoryLimit"), context);
  }

  private void clear(JsonObject cronJob, String condition, long limit, ComponentContext context) {
    List<JsonObject> ended =
        jobs(cronJob, context.client()).stream().filter(job -> is(job, condition)).toList();
    ended.stream()
        .limit(Math.max(0, ended.size() - limit))
        .forEach(job -> delete(cronJob, job, context));
  }

  private void delete(JsonObject cronJob, JsonObject job, ComponentContext context) {
    context
        .client()
        .delete(
            JOBS,
            ObjectMeta.namespace(job),
            ObjectMeta.name(job),
            DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(job)));
    recorder(context)
        .normal(Subject.of(cronJob), "SuccessfulDelete", "Deleted job " + ObjectMeta.name(job));
  }
}
