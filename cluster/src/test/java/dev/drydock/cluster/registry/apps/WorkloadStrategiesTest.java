package dev.drydock.cluster.registry.apps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.Strategies;
import dev.drydock.cluster.registry.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadStrategiesTest {
  private final TestRegistry registry = new TestRegistry();

  private JsonObject created(String kind) {
    return registry.create(
        """
        apiVersion: apps/v1
        kind: %s
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
        """
            .formatted(kind));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Deployment|deployments.apps|{replicas: 1, revisionHistoryLimit: 10,"
            + " progressDeadlineSeconds: 600, strategy: {type: RollingUpdate, rollingUpdate:"
            + " {maxSurge: 25%, maxUnavailable: 25%}}}|{}",
        "ReplicaSet|replicasets.apps|{replicas: 1}|{replicas: 0}",
        "DaemonSet|daemonsets.apps|{revisionHistoryLimit: 10, updateStrategy: {type:"
            + " RollingUpdate, rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}}|"
            + "{currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0,"
            + " numberReady: 0}",
        "StatefulSet|statefulsets.apps|{replicas: 1, revisionHistoryLimit: 10,"
            + " podManagementPolicy: OrderedReady, updateStrategy: {type: RollingUpdate,"
            + " rollingUpdate: {partition: 0}}, persistentVolumeClaimRetentionPolicy:"
            + " {whenDeleted: Retain, whenScaled: Retain}}|{replicas: 0, availableReplicas: 0}"
      })
  void fillsInWhatTheManifestLeavesOut(
      String kind, String resource, String defaults, String status) {
    JsonObject object = created(kind);
    assertThat(object.object("spec").without("selector").without("template"))
        .isEqualTo(TestRegistry.object(defaults));
    assertThat(object.object("status")).isEqualTo(TestRegistry.object(status));
    assertThat(object.integer(0, "metadata", "generation")).isEqualTo(1);
    assertThat(Strategies.of(resource).applyDefaults(object)).isEqualTo(object);
  }

  @Test
  void leavesTemplatesWithoutWhatOnlyPodsGet() {
    assertThat(created("Deployment").object("spec", "template", "spec").has("enableServiceLinks"))
        .isFalse();
  }

  @Test
  void countsChangesOfTheSpecButNotOfTheStatus() {
    JsonObject scaled =
        registry.update(created("ReplicaSet"), old -> old.withAt(Json.of(3), "spec", "replicas"));
    assertThat(scaled.integer(0, "metadata", "generation")).isEqualTo(2);
    JsonObject reported = registry.updateStatus(scaled, "{replicas: 3}");
    assertThat(reported.integer(0, "metadata", "generation")).isEqualTo(2);
    assertThat(reported.integer(0, "spec", "replicas")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"Deployment", "ReplicaSet", "DaemonSet"})
  void keepsItsSelector(String kind) {
    JsonObject other = TestRegistry.object("matchLabels: {app: web, tier: x}");
    JsonObject object =
        registry.update(
            created(kind),
            old -> old.withAt(Json.of("x"), "spec", "template", "metadata", "labels", "tier"));
    assertThat(registry.refusalOf(object, old -> old.withAt(other, "spec", "selector")))
        .containsExactly(
            "spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"web\",\"tier\":\"x\"}}:"
                + " field is immutable");
  }

  @Test
  void aStatefulSetKeepsMostOfItsSpec() {
    assertThat(
            registry.refusalOf(
                created("StatefulSet"), old -> old.withAt(Json.of("other"), "spec", "serviceName")))
        .containsExactly(
            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas',"
                + " 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit',"
                + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
  }

  @Test
  void aDaemonSetNumbersItsTemplates() {
    JsonObject set = created("DaemonSet");
    JsonObject changed =
        registry.update(
            set,
            old ->
                old.withAt(Json.of("x"), "spec", "template", "metadata", "annotations", "cause"));
    assertThat(
            changed.string("metadata", "annotations", "deprecated.daemonset.template.generation"))
        .isEqualTo("2");
  }

  @Test
  void aStatusMayNotReportMoreReadyThanThereAre() {
    assertThat(
            registry.refusalOfStatus(
                created("Deployment"), "{replicas: 1, readyReplicas: 2, availableReplicas: 1}"))
        .containsExactly(
            "status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas");
  }
}
