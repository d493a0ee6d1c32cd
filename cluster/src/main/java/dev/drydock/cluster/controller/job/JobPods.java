package dev.drydock.cluster.controller.job;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.controller.Pods;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The pods of a job, and what they have come to.
///
/// What the status has counted stays counted when a pod is deleted. Upstream holds pods back with a
/// finalizer until they are counted; here a pod that is deleted and another that ends between two
/// looks are one.
record JobPods(JsonObject job, ImmutableList<JsonObject> pods) {
  static final String INDEX = "batch.kubernetes.io/job-completion-index";
  static final String FAILURES = "batch.kubernetes.io/job-index-failure-count";
  private static final Duration BACKOFF_BASE = Duration.ofSeconds(10);
  private static final Duration BACKOFF_MAX = Duration.ofMinutes(10);

  static JobPods of(JsonObject job, Collection<JsonObject> pods) {
    return new JobPods(job, ImmutableList.copyOf(pods));
  }

  JobPods plus(JsonObject pod) {
    return new JobPods(job, ImmutableList.<JsonObject>builder().addAll(pods).add(pod).build());
  }

  boolean isIndexed() {
    return job.string("spec", "completionMode").equals("Indexed");
  }

  List<JsonObject> active() {
    return pods.stream().filter(Pods::isActive).toList();
  }

  long terminating() {
    return pods.stream().filter(Pods::isTerminating).count();
  }

  long ready() {
    return active().stream().filter(Pods::isReady).count();
  }

  private List<JsonObject> ended(String phase) {
    return pods.stream().filter(pod -> Pods.phase(pod).equals(phase)).toList();
  }

  long succeeded() {
    return isIndexed()
        ? completedIndexes().size()
        : Math.max(job.integer(0, "status", "succeeded"), ended("Succeeded").size());
  }

  /// Those that failed, without the ones that the job's policy does not count.
  private List<JsonObject> failures() {
    return ended("Failed").stream()
        .filter(
            pod ->
                PodFailurePolicy.match(job, pod)
                    .filter(match -> match.action().equals("Ignore"))
                    .isEmpty())
        .toList();
  }

  long failed() {
    return Math.max(job.integer(0, "status", "failed"), failures().size());
  }

  /// Why the job's policy ends it, if it does.
  Optional<String> fatal() {
    return ended("Failed").stream()
        .flatMap(pod -> PodFailurePolicy.match(job, pod).stream())
        .filter(match -> match.action().equals("FailJob"))
        .map(PodFailurePolicy.Match::message)
        .findFirst();
  }

  boolean limitsEachIndex() {
    return job.object("spec").has("backoffLimitPerIndex");
  }

  /// How often the pods of an index have failed.
  long failuresOf(int index) {
    return failures().stream()
        .filter(pod -> index(pod).filter(i -> i == index).isPresent())
        .mapToLong(pod -> failuresBefore(pod) + 1)
        .max()
        .orElse(0);
  }

  private static long failuresBefore(JsonObject pod) {
    String count = ObjectMeta.annotations(pod).getOrDefault(FAILURES, "0");
    return count.matches("[0-9]{1,9}") ? Long.parseLong(count) : 0;
  }

  /// The indexes that have failed for good, among them those that the status remembers.
  TreeSet<Integer> failedIndexes() {
    TreeSet<Integer> indexes = Indexes.parse(job.string("status", "failedIndexes"));
    if (limitsEachIndex()) {
      long limit = job.integer(0, "spec", "backoffLimitPerIndex");
      for (JsonObject pod : failures()) {
        boolean atOnce =
            PodFailurePolicy.match(job, pod)
                .filter(match -> match.action().equals("FailIndex"))
                .isPresent();
        if (atOnce || failuresBefore(pod) >= limit) {
          index(pod).ifPresent(indexes::add);
        }
      }
    }
    return indexes;
  }

  /// The indexes that have succeeded, among them those that the status remembers.
  TreeSet<Integer> completedIndexes() {
    TreeSet<Integer> indexes = Indexes.parse(job.string("status", "completedIndexes"));
    ended("Succeeded").stream()
        .flatMap(pod -> index(pod).stream())
        .filter(index -> index < job.integer(0, "spec", "completions"))
        .forEach(indexes::add);
    return indexes;
  }

  private static Optional<Integer> index(JsonObject pod) {
    String index = ObjectMeta.annotations(pod).getOrDefault(INDEX, "");
    return index.matches("[0-9]{1,9}") ? Optional.of(Integer.parseInt(index)) : Optional.empty();
  }

  /// The lowest index that no pod has brought to its end or works on.
  int nextIndex() {
    TreeSet<Integer> taken = completedIndexes();
    taken.addAll(failedIndexes());
    active().forEach(pod -> index(pod).ifPresent(taken::add));
    int next = 0;
    while (taken.contains(next)) {
      next++;
    }
    return next;
  }

  /// How often containers have been restarted, of a job that restarts them instead of its pods.
  long restarts() {
    return active().stream()
        .flatMap(pod -> pod.array("status", "containerStatuses").objects())
        .mapToLong(status -> status.integer(0, "restartCount"))
        .sum();
  }

  /// How long to wait with the next pod: ten seconds after a failure, twice that after the next.
  Duration backoff(Instant now) {
    Instant success =
        ended("Succeeded").stream()
            .map(JobPods::finished)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    List<Instant> failures =
        failures().stream()
            .map(JobPods::finished)
            .filter(time -> time.isAfter(success))
            .sorted()
            .toList();
    if (failures.isEmpty()) {
      return Duration.ZERO;
    }
    Duration pause = BACKOFF_BASE.multipliedBy(1L << Math.min(failures.size() - 1, 10));
    Duration limited = pause.compareTo(BACKOFF_MAX) > 0 ? BACKOFF_MAX : pause;
    Duration left = Duration.between(now, failures.getLast().plus(limited));
    return left.isPositive() ? left : Duration.ZERO;
  }

  private static Instant finished(JsonObject pod) {
    return pod.array("status", "containerStatuses")
        .objects()
        .flatMap(c -> Times.parse(c.string("state", "terminated", "finishedAt")).stream())
        .max(Comparator.naturalOrder())
        .orElse(Pods.created(pod));
  }
}
