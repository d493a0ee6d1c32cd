package dev.drydock.cluster.kubelet.prober;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LifecycleHooksTest {
  private final Workloads cluster = new Workloads(8);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void pod(String script, String lifecycle, int graceSeconds) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {
          terminationGracePeriodSeconds: %d,
          volumes: [{name: v, hostPath: {path: /var/log/p}}],
          containers: [{name: c, image: busybox, command: [sh, -c, "%s"], lifecycle: {%s},
            volumeMounts: [{name: v, mountPath: /v}]}]}}
        """
            .formatted(graceSeconds, script, lifecycle));
  }

  private static String exec(String hook, String script) {
    return "%s: {exec: {command: [sh, -c, '%s']}}".formatted(hook, script);
  }

  private JsonObject container() {
    return cluster.get("pods/p").array("status", "containerStatuses").objects().toList().getFirst();
  }

  private boolean isRunning() {
    return cluster.get("pods/p").string("status", "phase").equals("Running");
  }

  @Test
  void tellsNobodyOfAStartBeforeItsHookHasRun() {
    pod("sleep 3600", exec("postStart", "sleep 5; echo done > /tmp/hook"), 1);
    cluster.advance(Duration.ofSeconds(4));
    assertThat(container().string("state", "waiting", "reason")).isEqualTo("ContainerCreating");
    cluster.advance(Duration.ofSeconds(4));

    assertThat(isRunning()).isTrue();
    assertThat(cluster.exec("p", "cat", "/tmp/hook")).isEqualTo("done\n");
  }

  @Test
  void restartsAContainerWhoseFirstHookFails() {
    pod("sleep 3600", exec("postStart", "exit 3"), 1);
    cluster.until(_ -> container().string("state", "waiting", "reason").equals("CrashLoopBackOff"));

    assertThat(cluster.events("p"))
        .contains("FailedPostStartHook: PostStartHook failed", "Killing: FailedPostStartHook");
    assertThat(container().integer(0, "restartCount")).isPositive();
  }

  @Test
  void runsItsLastHookBeforeAContainerIsToldToEnd() {
    pod(
        "trap 'echo term >> /v/log; exit 0' TERM; while true; do sleep 1; done",
        exec("preStop", "sleep 3; echo hook >> /v/log"),
        30);
    cluster.until(_ -> isRunning());
    cluster.delete("pods/p");
    cluster.advance(Duration.ofSeconds(2));
    assertThat(cluster.names("pods")).containsExactly("p");
    cluster.until(c -> c.names("pods").isEmpty());
    pod("cat /v/log; sleep 3600", "", 1);
    cluster.until(_ -> isRunning());

    assertThat(cluster.logs("p")).isEqualTo("hook\nterm\n");
  }

  @Test
  void letsTimePassBeforeAStop() {
    pod("trap 'exit 0' TERM; while true; do sleep 1; done", "preStop: {sleep: {seconds: 6}}", 30);
    cluster.until(_ -> isRunning());
    cluster.delete("pods/p");
    cluster.advance(Duration.ofSeconds(5));
    assertThat(cluster.names("pods")).containsExactly("p");
    cluster.advance(Duration.ofSeconds(4));

    assertThat(cluster.names("pods")).isEmpty();
  }

  @Test
  void waitsForALastHookNoLongerThanTheGracePeriod() {
    pod("sleep 3600", exec("preStop", "sleep 100"), 4);
    cluster.until(_ -> isRunning());
    cluster.delete("pods/p");
    cluster.advance(Duration.ofSeconds(3));
    assertThat(cluster.names("pods")).containsExactly("p");
    cluster.advance(Duration.ofSeconds(6));

    assertThat(cluster.names("pods")).isEmpty();
  }

  @Test
  void saysThatALastHookFailed() {
    pod("sleep 3600", "preStop: {httpGet: {port: 81, path: /}}", 2);
    cluster.until(_ -> isRunning());
    cluster.delete("pods/p");
    cluster.until(c -> c.names("pods").isEmpty());

    assertThat(cluster.events("p")).contains("FailedPreStopHook: PreStopHook failed");
  }

  @Test
  void runsNoHookWhenAPodIsKilledAtOnce() {
    pod("sleep 3600", exec("preStop", "echo hook > /v/log"), 30);
    cluster.until(_ -> isRunning());
    cluster.patch("pods/p", "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
    cluster.delete("pods/p?gracePeriodSeconds=0");
    pod("ls /v; sleep 3600", "", 1);
    cluster.until(_ -> isRunning());

    assertThat(cluster.logs("p")).isEmpty();
  }
}
