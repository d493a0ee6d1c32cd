package dev.drydock.cluster.controller.daemonset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DaemonSetControllerTest {
  private static final String SETS = "apps/daemonsets";
  private static final String AGENT = SETS + "/agent";

  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {name: agent}
      spec:
        selector: {matchLabels: {app: agent}}
        template:
          metadata: {labels: {app: agent}}
          spec:
            terminationGracePeriodSeconds: 1
            containers: [{name: c, image: busybox, command: [sleep, "3600"]}]
      """;

  private final Workloads cluster = new Workloads(7);

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void runsAPodOnTheNode() {
    cluster.create(SETS, MANIFEST);
    cluster.until(c -> c.status(AGENT, "numberAvailable") == 1);

    assertThat(cluster.status(AGENT, "desiredNumberScheduled")).isEqualTo(1);
    assertThat(cluster.status(AGENT, "currentNumberScheduled")).isEqualTo(1);
    assertThat(cluster.status(AGENT, "updatedNumberScheduled")).isEqualTo(1);
    assertThat(cluster.pods()).hasSize(1);
    assertThat(ObjectMeta.labels(cluster.pods().getFirst()))
        .containsEntry("pod-template-generation", "1")
        .containsKey("controller-revision-hash");
  }

  @Test
  void runsNothingWhereTheNodeSelectorDoesNotMatch() {
    cluster.create(
        SETS,
        MANIFEST.replace(
            "    spec:\n      ter", "    spec:\n      nodeSelector: {a: b}\n      ter"));
    cluster.advance(Duration.ofSeconds(10));

    assertThat(cluster.list("pods")).isEmpty();
    assertThat(cluster.status(AGENT, "desiredNumberScheduled")).isZero();
    assertThat(cluster.status(AGENT, "observedGeneration")).isEqualTo(1);
  }

  @Test
  void replacesItsPodsWhenTheTemplateChanges() {
    cluster.create(SETS, MANIFEST);
    cluster.until(c -> c.status(AGENT, "numberAvailable") == 1);
    String first = cluster.names("pods").getFirst();
    cluster.patch(AGENT, "{\"spec\":{\"template\":{\"metadata\":{\"labels\":{\"v\":\"2\"}}}}}");
    cluster.until(
        c -> !c.names("pods").contains(first) && c.status(AGENT, "updatedNumberScheduled") == 1);

    assertThat(cluster.names("apps/controllerrevisions")).hasSize(2);
    assertThat(ObjectMeta.labels(cluster.pods().getFirst()))
        .containsEntry("v", "2")
        .containsEntry("pod-template-generation", "2");
  }
}
