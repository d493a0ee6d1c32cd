package dev.drydock.cluster.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JobControllerTest {
  private static final String JOBS = "batch/jobs";
  private static final String ONESHOT = JOBS + "/oneshot";

  private final Workloads cluster = new Workloads(7);

  @AfterEach
  void close() {
    cluster.close();
  }

  private static String job(String spec, String restartPolicy, String command) {
    return """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: oneshot}
        spec:
          %s
          template:
            spec:
              restartPolicy: %s
              terminationGracePeriodSeconds: 1
              containers: [{name: c, image: busybox, command: [sh, -c, "%s"]}]
        """
        .formatted(spec, restartPolicy, command);
  }

  private static boolean is(Workloads cluster, String condition) {
    return Conditions.isTrue(cluster.get(ONESHOT).object("status"), condition);
  }

  @Test
  void runsAsManyPodsAsItIsToComplete() {
    cluster.create(JOBS, job("completions: 2", "OnFailure", "echo working"));
    cluster.until(c -> is(c, "Complete"));

    assertThat(cluster.status(ONESHOT, "succeeded")).isEqualTo(2);
    assertThat(cluster.list("pods"))
        .hasSize(2)
        .allSatisfy(
            pod ->
                assertThat(ObjectMeta.labels(pod))
                    .containsEntry("job-name", "oneshot")
                    .containsEntry("batch.kubernetes.io/job-name", "oneshot")
                    .containsKey("controller-uid"));
    assertThat(cluster.events("oneshot")).contains("Completed: Job completed");
    assertThat(cluster.get(ONESHOT).string("status", "completionTime")).isNotEmpty();
    assertThat(is(cluster, "SuccessCriteriaMet")).isTrue();
  }

  @Test
  void failsWhenMorePodsHaveFailedThanItsBackoffLimit() {
    cluster.create(JOBS, job("backoffLimit: 2", "Never", "exit 1"));
    cluster.until(c -> is(c, "Failed"));

    assertThat(cluster.status(ONESHOT, "failed")).isEqualTo(3);
    assertThat(cluster.events("oneshot"))
        .contains("BackoffLimitExceeded: Job has reached the specified backoff limit");
  }

  @Test
  void failsWhenItsDeadlineHasPassed() {
    cluster.create(JOBS, job("activeDeadlineSeconds: 15", "Never", "sleep 600"));
    cluster.until(c -> is(c, "Failed"));

    assertThat(cluster.pods()).isEmpty();
    assertThat(cluster.events("oneshot"))
        .contains("DeadlineExceeded: Job was active longer than specified deadline");
  }

  @Test
  void neverRunsMorePodsAtOnceThanItsParallelism() {
    cluster.create(JOBS, job("completions: 5\n  parallelism: 2", "Never", "sleep 5"));
    cluster.until(
        c -> {
          assertThat(c.pods()).hasSizeLessThanOrEqualTo(2);
          return is(c, "Complete");
        });

    assertThat(cluster.status(ONESHOT, "succeeded")).isEqualTo(5);
  }

  @Test
  void givesEachPodOfAnIndexedJobItsIndex() {
    cluster.create(
        JOBS,
        job(
            "completions: 3\n  parallelism: 3\n  completionMode: Indexed",
            "Never",
            "echo $JOB_COMPLETION_INDEX"));
    cluster.until(c -> is(c, "Complete"));

    assertThat(cluster.get(ONESHOT).string("status", "completedIndexes")).isEqualTo("0-2");
    assertThat(cluster.list("pods"))
        .extracting(pod -> ObjectMeta.annotations(pod).get(JobPods.INDEX))
        .containsExactlyInAnyOrder("0", "1", "2");
  }

  @Test
  void startsNoPodsWhileItIsSuspended() {
    cluster.create(JOBS, job("suspend: true", "Never", "echo hi"));
    cluster.advance(Duration.ofSeconds(5));
    assertThat(cluster.list("pods")).isEmpty();

    cluster.patch(ONESHOT, "{\"spec\": {\"suspend\": false}}");
    cluster.until(c -> is(c, "Complete"));

    assertThat(cluster.events("oneshot")).contains("Resumed: Job resumed");
  }

  @Test
  void goesWithItsPodsSomeTimeAfterItHasFinished() {
    cluster.create(JOBS, job("ttlSecondsAfterFinished: 10", "Never", "echo hi"));
    cluster.until(c -> is(c, "Complete"));
    cluster.until(c -> c.names(JOBS).isEmpty() && c.names("pods").isEmpty());
  }
}
