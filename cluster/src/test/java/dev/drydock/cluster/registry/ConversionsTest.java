package dev.drydock.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.registry.rest.Conversion;
import org.junit.jupiter.api.Test;

final class ConversionsTest {
  private static final Conversion AUTOSCALERS =
      Conversions.of(new GroupVersion("autoscaling", "v1").resource("horizontalpodautoscalers"));
  private static final Conversion EVENTS =
      Conversions.of(new GroupVersion("events.k8s.io", "v1").resource("events"));

  private static final JsonObject STORED =
      TestRegistry.object(
          """
          apiVersion: autoscaling/v2
          kind: HorizontalPodAutoscaler
          metadata: {name: web}
          spec:
            maxReplicas: 5
            minReplicas: 1
            metrics:
            - {type: Resource, resource: {name: memory, target: {averageUtilization: 80, type: Utilization}}}
            - type: Object
              object:
                describedObject: {kind: Service, name: front}
                metric: {name: hits, selector: {matchLabels: {a: b}}}
                target: {value: "10", type: Value}
            - {type: External, external: {metric: {name: queue}, target: {averageValue: "3", type: AverageValue}}}
            - {type: Resource, resource: {name: cpu, target: {averageUtilization: 50, type: Utilization}}}
            behavior: {scaleDown: {stabilizationWindowSeconds: 60}}
          status:
            currentReplicas: 2
            desiredReplicas: 3
            currentMetrics:
            - {type: Resource, resource: {name: cpu, current: {averageUtilization: 40, averageValue: 20m}}}
            conditions:
            - {type: AbleToScale, status: "True"}
          """);

  @Test
  void showsTheCpuTargetOfAnAutoscalerInItsFirstVersion() {
    JsonObject shown = AUTOSCALERS.fromStored(STORED);
    assertThat(shown.string("apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(shown.integer(0, "spec", "targetCPUUtilizationPercentage")).isEqualTo(50);
    assertThat(shown.integer(0, "status", "currentCPUUtilizationPercentage")).isEqualTo(40);
    assertThat(shown.object("spec").has("metrics")).isFalse();
    assertThat(ObjectMeta.annotations(shown).get("autoscaling.alpha.kubernetes.io/metrics"))
        .startsWith(
            "[{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"targetAverageUtilization\":80}}");
  }

  @Test
  void losesNothingOfAnAutoscalerOnTheWayThroughItsFirstVersion() {
    assertThat(AUTOSCALERS.toStored(AUTOSCALERS.fromStored(STORED))).isEqualTo(STORED);
  }

  @Test
  void readsNoMetricsFromAnAnnotationThatIsNoJson() {
    JsonObject odd =
        AUTOSCALERS
            .fromStored(STORED)
            .withAt(
                new dev.drydock.cluster.apimachinery.json.JsonString("{"),
                "metadata",
                "annotations",
                "autoscaling.alpha.kubernetes.io/metrics");
    assertThat(AUTOSCALERS.toStored(odd).array("spec", "metrics")).hasSize(1);
  }

  @Test
  void namesTheFieldsOfAnEventAsEachGroupDoes() {
    JsonObject core =
        TestRegistry.object(
            """
            apiVersion: v1
            kind: Event
            metadata: {name: a, namespace: default}
            involvedObject: {kind: Pod, name: kuard}
            message: Started
            count: 2
            source: {component: kubelet}
            reportingComponent: kubelet
            reportingInstance: node
            """);
    JsonObject shown = EVENTS.fromStored(core);
    assertThat(shown.string("apiVersion")).isEqualTo("events.k8s.io/v1");
    assertThat(shown.string("regarding", "name")).isEqualTo("kuard");
    assertThat(shown.string("note")).isEqualTo("Started");
    assertThat(shown.integer(0, "deprecatedCount")).isEqualTo(2);
    assertThat(EVENTS.toStored(shown).fields()).containsAllEntriesOf(core.fields());
  }
}
