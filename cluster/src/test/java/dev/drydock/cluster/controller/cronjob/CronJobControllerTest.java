package dev.drydock.cluster.controller.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CronJobControllerTest {
  private static final String TICK = "batch/cronjobs/tick";

  private final Workloads cluster = new Workloads(7);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void create(String spec, String command) {
    cluster.create(
        "batch/cronjobs",
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: tick}
        spec:
          schedule: "*/1 * * * *"
          %s
          jobTemplate:
            spec:
              template:
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 1
                  containers: [{name: c, image: busybox, command: [sh, -c, "%s"]}]
        """
            .formatted(spec, command));
  }

  @Test
  void startsAJobWheneverTheScheduleSaysSo() {
    create("suspend: false", "date");
    cluster.advance(Duration.ofSeconds(150));

    assertThat(cluster.names("batch/jobs")).hasSize(2).allMatch(name -> name.startsWith("tick-"));
    assertThat(cluster.get(TICK).string("status", "lastScheduleTime"))
        .isEqualTo("2026-11-01T09:02:00Z");
    assertThat(cluster.events("tick"))
        .contains(
            "SuccessfulCreate: Created job tick-29892061",
            "SawCompletedJob: Saw completed job: tick-29892061, condition: Complete");
  }

  @Test
  void keepsOnlySoManyFinishedJobs() {
    create("successfulJobsHistoryLimit: 2", "date");
    cluster.advance(Duration.ofMinutes(6));

    assertThat(cluster.names("batch/jobs")).hasSizeBetween(2, 3);
  }

  @Test
  void startsNoSecondJobWhereThatIsForbidden() {
    create("concurrencyPolicy: Forbid", "sleep 600");
    cluster.advance(Duration.ofMinutes(4));

    assertThat(cluster.names("batch/jobs")).hasSize(1);
    assertThat(cluster.events("tick")).anyMatch(event -> event.startsWith("JobAlreadyActive: "));
  }

  @Test
  void replacesARunningJobWhereItIsTold() {
    create("concurrencyPolicy: Replace", "sleep 600");
    cluster.advance(Duration.ofSeconds(150));

    assertThat(cluster.names("batch/jobs")).hasSize(1);
    assertThat(cluster.get(TICK).array("status", "active").size()).isEqualTo(1);
  }

  @Test
  void startsNothingWhileItIsSuspended() {
    create("suspend: true", "date");
    cluster.advance(Duration.ofMinutes(3));

    assertThat(cluster.names("batch/jobs")).isEmpty();
  }
}
