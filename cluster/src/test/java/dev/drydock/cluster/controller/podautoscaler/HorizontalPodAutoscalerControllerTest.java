package dev.drydock.cluster.controller.podautoscaler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HorizontalPodAutoscalerControllerTest {
  private static final String AUTOSCALERS = "autoscaling/horizontalpodautoscalers";
  private static final String WEB = "apps/deployments/web";
  private static final String BUSY = "while true; do :; done";

  private final Workloads cluster = new Workloads(21);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void deployment(int replicas, String script, String resources) {
    cluster.create(
        "apps/deployments",
        """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: %d,
          selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {
            terminationGracePeriodSeconds: 1,
            containers: [{name: c, image: busybox, command: [sh, -c, '%s'], resources: %s}]}}}}
        """
            .formatted(replicas, script, resources));
  }

  private void autoscaler(String more) {
    cluster.create(
        AUTOSCALERS,
        """
        {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: web}, spec: {
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, %s}}
        """
            .formatted(more));
  }

  private static String cpu(int percent) {
    return "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: %d}}}]"
        .formatted(percent);
  }

  private JsonObject status() {
    return cluster.get(AUTOSCALERS + "/web").object("status");
  }

  private Map<String, String> reasons() {
    return status()
        .array("conditions")
        .objects()
        .collect(
            Collectors.toMap(
                c -> c.string("type"), c -> c.string("status") + " " + c.string("reason")));
  }

  private long replicas() {
    return cluster.get(WEB).integer(0, "spec", "replicas");
  }

  @Test
  void growsWhenPodsUseMoreThanTheTarget() {
    deployment(1, BUSY, "{requests: {cpu: 100m}, limits: {cpu: 200m}}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler("minReplicas: 1, maxReplicas: 10, " + cpu(50));
    cluster.advance(Duration.ofSeconds(14));
    assertThat(replicas()).isEqualTo(1);
    cluster.advance(Duration.ofSeconds(2));

    assertThat(replicas()).isEqualTo(4);
    assertThat(cluster.events("web"))
        .contains(
            "SuccessfulRescale: New size: 4; reason: cpu resource utilization (percentage of"
                + " request) above target");
    assertThat(reasons())
        .containsEntry("AbleToScale", "True SucceededRescale")
        .containsEntry("ScalingActive", "True ValidMetricFound")
        .containsEntry("ScalingLimited", "False DesiredWithinRange");
    assertThat(status().integer(0, "desiredReplicas")).isEqualTo(4);
    assertThat(
            status()
                .array("currentMetrics")
                .objects()
                .toList()
                .getFirst()
                .integer(0, "resource", "current", "averageUtilization"))
        .isBetween(195L, 205L);
  }

  @Test
  void growsNoFurtherThanItsMaximumAndSaysSo() {
    deployment(1, BUSY, "{requests: {cpu: 100m}, limits: {cpu: 200m}}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler("minReplicas: 1, maxReplicas: 3, " + cpu(50));
    cluster.advance(Duration.ofSeconds(16));

    assertThat(replicas()).isEqualTo(3);
    assertThat(reasons()).containsEntry("ScalingLimited", "True TooManyReplicas");
  }

  @Test
  void growsAsFastAsItsPolicyAllows() {
    deployment(1, BUSY, "{requests: {cpu: 100m}, limits: {cpu: 200m}}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler(
        "minReplicas: 1, maxReplicas: 9, behavior: {scaleUp: {policies: [{type: Pods, value: 1,"
            + " periodSeconds: 60}]}}, "
            + cpu(50));
    cluster.advance(Duration.ofSeconds(16));
    assertThat(replicas()).isEqualTo(2);
    assertThat(reasons()).containsEntry("ScalingLimited", "True ScaleUpLimit");
    cluster.advance(Duration.ofSeconds(40));
    assertThat(replicas()).isEqualTo(2);
    cluster.advance(Duration.ofSeconds(30));

    assertThat(replicas()).isEqualTo(3);
  }

  @Test
  void shrinksAfterFiveQuietMinutes() {
    deployment(4, "sleep 3600", "{requests: {cpu: 100m}}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler("minReplicas: 2, maxReplicas: 9, " + cpu(50));
    cluster.advance(Duration.ofSeconds(50));
    assertThat(replicas()).isEqualTo(4);
    assertThat(reasons()).containsEntry("AbleToScale", "True ScaleDownStabilized");
    cluster.advance(Duration.ofSeconds(300));

    assertThat(replicas()).isEqualTo(2);
    assertThat(cluster.events("web"))
        .contains("SuccessfulRescale: New size: 2; reason: All metrics below target");
  }

  @Test
  void shrinksAtOnceWithoutAWindow() {
    deployment(4, "sleep 3600", "{requests: {cpu: 100m}}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler(
        "minReplicas: 1, maxReplicas: 9, behavior: {scaleDown: {stabilizationWindowSeconds: 0,"
            + " policies: [{type: Percent, value: 50, periodSeconds: 60}]}}, "
            + cpu(50));
    cluster.advance(Duration.ofSeconds(16));

    assertThat(replicas()).isEqualTo(2);
    assertThat(reasons()).containsEntry("ScalingLimited", "True ScaleDownLimit");
  }

  @Test
  void keepsAWorkloadWithinItsBounds() {
    deployment(1, "sleep 3600", "{requests: {cpu: 100m}}");
    autoscaler("minReplicas: 3, maxReplicas: 5, " + cpu(50));
    cluster.advance(Duration.ofSeconds(16));

    assertThat(replicas()).isEqualTo(3);
    assertThat(cluster.events("web"))
        .contains(
            "SuccessfulRescale: New size: 3; reason: Current number of replicas below"
                + " Spec.MinReplicas");
  }

  @Test
  void leavesAWorkloadOfSizeZeroAlone() {
    deployment(0, "sleep 3600", "{requests: {cpu: 100m}}");
    autoscaler("minReplicas: 1, maxReplicas: 5, " + cpu(50));
    cluster.advance(Duration.ofSeconds(16));

    assertThat(replicas()).isZero();
    assertThat(reasons()).containsEntry("ScalingActive", "False ScalingDisabled");
  }

  @Test
  void saysWhenThereIsNothingToScale() {
    autoscaler("minReplicas: 1, maxReplicas: 5, " + cpu(50));
    cluster.advance(Duration.ofSeconds(16));

    assertThat(cluster.events("web"))
        .contains("FailedGetScale: deployments.apps \"web\" not found");
    assertThat(reasons()).containsEntry("AbleToScale", "False FailedGetScale");
  }

  @Test
  void saysWhenPodsRequestNothing() {
    deployment(1, "sleep 3600", "{}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler("minReplicas: 1, maxReplicas: 5, " + cpu(50));
    cluster.advance(Duration.ofSeconds(16));
    String why =
        "failed to get cpu utilization: missing request for cpu in container c of Pod "
            + cluster.names("pods").getFirst();

    assertThat(cluster.events("web"))
        .contains(
            "FailedGetResourceMetric: " + why,
            "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is:"
                + " failed to get cpu resource metric value: "
                + why);
    assertThat(status().array("conditions").objects().map(c -> c.string("message")))
        .contains("the HPA was unable to compute the replica count: " + why);
  }

  @Test
  void saysWhenNothingWasMeasured() {
    deployment(1, "sleep 3600", "{requests: {cpu: 100000m}}");
    autoscaler("minReplicas: 1, maxReplicas: 5, " + cpu(50));
    cluster.advance(Duration.ofSeconds(16));

    assertThat(cluster.events("web"))
        .contains(
            "FailedGetResourceMetric: failed to get cpu utilization: unable to get metrics for"
                + " resource cpu: no metrics returned from resource metrics API");
  }

  @Test
  void aimsAtAnAmountOfMemory() {
    deployment(2, "sleep 3600", "{requests: {memory: 10Mi}}");
    cluster.advance(Duration.ofSeconds(60));
    autoscaler(
        "minReplicas: 1, maxReplicas: 5, metrics: [{type: Resource, resource: {name: memory,"
            + " target: {type: AverageValue, averageValue: 100Ki}}}]");
    cluster.advance(Duration.ofSeconds(16));

    assertThat(replicas()).isGreaterThan(2);
    assertThat(cluster.events("web"))
        .anyMatch(event -> event.endsWith("reason: memory resource above target"));
  }
}
