package dev.drydock.cluster.controller.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Jobs whose end depends on more than a count.
final class JobPoliciesTest {
  private static final String JOB = "batch/jobs/j";

  private final Workloads cluster = new Workloads(9);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void job(String spec, String script) {
    cluster.create(
        "batch/jobs",
        """
        {apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {%s, template: {spec: {
          restartPolicy: Never, terminationGracePeriodSeconds: 1,
          containers: [{name: main, image: busybox, command: [sh, -c, "%s"]}]}}}}
        """
            .formatted(spec, script));
  }

  private JsonObject status() {
    return cluster.get(JOB).object("status");
  }

  private JsonObject ended(String type) {
    cluster.until(_ -> Conditions.isTrue(status(), type));
    return Conditions.find(status(), type).orElseThrow();
  }

  private static String onExit(String action, String operator, int code) {
    return "podFailurePolicy: {rules: [{action: %s, onExitCodes: {containerName: main, operator: %s, values: [%d]}}]}"
        .formatted(action, operator, code);
  }

  @Test
  void endsAtTheExitCodeThatItsPolicyNames() {
    job("backoffLimit: 6, " + onExit("FailJob", "In", 42), "exit 42");
    JsonObject failed = ended("Failed");

    assertThat(failed.string("reason")).isEqualTo("PodFailurePolicy");
    assertThat(failed.string("message"))
        .isEqualTo(
            "Container main for pod default/%s failed with exit code 42 matching FailJob rule at index 0"
                .formatted(cluster.names("pods").getFirst()));
    assertThat(cluster.names("pods")).hasSize(1);
  }

  @Test
  void doesNotCountWhatItsPolicyIgnores() {
    job("backoffLimit: 0, " + onExit("Ignore", "In", 3), "exit 3");
    cluster.advance(Duration.ofSeconds(10));

    assertThat(Conditions.isTrue(status(), "Failed")).isFalse();
    assertThat(status().integer(0, "failed")).isZero();
    assertThat(cluster.names("pods")).hasSizeGreaterThan(1);
    cluster.delete(JOB);
  }

  @Test
  void countsWhatNoRuleNames() {
    job("backoffLimit: 0, " + onExit("Ignore", "NotIn", 3), "exit 3");

    assertThat(ended("Failed").string("reason")).isEqualTo("BackoffLimitExceeded");
  }

  @Test
  void givesUpOnAnIndexButFinishesTheOthers() {
    job(
        "completions: 3, parallelism: 3, completionMode: Indexed, backoffLimitPerIndex: 1",
        "test $JOB_COMPLETION_INDEX != 1");
    JsonObject failed = ended("Failed");

    assertThat(failed.string("reason")).isEqualTo("FailedIndexes");
    assertThat(failed.string("message")).isEqualTo("Job has failed indexes");
    assertThat(status().string("failedIndexes")).isEqualTo("1");
    assertThat(status().string("completedIndexes")).isEqualTo("0,2");
    assertThat(cluster.list("pods"))
        .filteredOn(pod -> "1".equals(ObjectMeta.labels(pod).get(JobPods.INDEX)))
        .extracting(pod -> ObjectMeta.annotations(pod).get(JobPods.FAILURES))
        .containsExactlyInAnyOrder("0", "1");
  }

  @Test
  void endsWhenTooManyIndexesHaveFailed() {
    job(
        "completions: 4, parallelism: 1, completionMode: Indexed, backoffLimitPerIndex: 0,"
            + " maxFailedIndexes: 0",
        "exit 1");
    JsonObject failed = ended("Failed");

    assertThat(failed.string("reason")).isEqualTo("MaxFailedIndexesExceeded");
    assertThat(status().string("failedIndexes")).isEqualTo("0");
  }

  @Test
  void isDoneWhenTheIndexesThatMatterAre() {
    job(
        "completions: 3, parallelism: 3, completionMode: Indexed,"
            + " successPolicy: {rules: [{succeededIndexes: '0', succeededCount: 1}]}",
        "test $JOB_COMPLETION_INDEX = 0 || sleep 3600");
    JsonObject complete = ended("Complete");

    assertThat(complete.string("reason")).isEqualTo("SuccessPolicy");
    assertThat(complete.string("message")).isEqualTo("Matched rules at index 0");
    assertThat(status().string("completedIndexes")).isEqualTo("0");
    assertThat(cluster.pods()).isEmpty();
  }
}
