package dev.drydock.cluster.controller.statefulset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.controller.Workloads;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StatefulSetControllerTest {
  private static final String SETS = "apps/statefulsets";
  private static final String WEB = SETS + "/web";
  private static final String RELABEL =
      "{\"spec\": {\"template\": {\"metadata\": {\"labels\": {\"v\": \"2\"}}}}}";

  private static final String MANIFEST =
      """
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: web}
      spec:
        replicas: 3
        serviceName: web
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 1
            containers: [{name: c, image: "gcr.io/kuar-demo/kuard-amd64:blue"}]
      """;

  private final Workloads cluster = new Workloads(7);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void createReady() {
    cluster.create(SETS, MANIFEST);
    cluster.until(c -> c.status(WEB, "availableReplicas") == 3);
  }

  private static List<String> labelled(Workloads cluster) {
    return cluster.list("pods").stream()
        .filter(pod -> ObjectMeta.labels(pod).getOrDefault("v", "").equals("2"))
        .map(ObjectMeta::name)
        .toList();
  }

  @Test
  void startsItsPodsOneAfterTheOther() {
    cluster.create(SETS, MANIFEST);
    cluster.until(
        c -> {
          List<JsonObject> pods = c.pods();
          pods.stream()
              .limit(Math.max(0, pods.size() - 1))
              .forEach(pod -> assertThat(Pods.isReady(pod)).isTrue());
          return c.status(WEB, "availableReplicas") == 3;
        });

    assertThat(cluster.names("pods")).containsExactly("web-0", "web-1", "web-2");
    assertThat(cluster.events("web"))
        .contains("SuccessfulCreate: create Pod web-0 in StatefulSet web successful");
    assertThat(cluster.get("pods/web-1").string("spec", "hostname")).isEqualTo("web-1");
    assertThat(cluster.get("pods/web-1").string("spec", "subdomain")).isEqualTo("web");
  }

  @Test
  void givesALostPodItsNameBack() {
    createReady();
    String uid = ObjectMeta.uid(cluster.get("pods/web-1"));
    cluster.delete("pods/web-1");
    cluster.until(
        c ->
            !ObjectMeta.uid(c.get("pods/web-1")).equals(uid)
                && c.status(WEB, "availableReplicas") == 3);

    assertThat(cluster.names("pods")).containsExactly("web-0", "web-1", "web-2");
  }

  @Test
  void shrinksFromTheHighestOrdinal() {
    createReady();
    cluster.patch(WEB, "{\"spec\": {\"replicas\": 1}}");
    cluster.until(c -> c.names("pods").size() == 1);

    assertThat(cluster.names("pods")).containsExactly("web-0");
  }

  @Test
  void updatesFromTheHighestOrdinal() {
    createReady();
    cluster.patch(WEB, RELABEL);
    cluster.until(
        c -> {
          List<String> updated = labelled(c);
          assertThat(updated)
              .isIn(
                  List.of(),
                  List.of("web-2"),
                  List.of("web-1", "web-2"),
                  List.of("web-0", "web-1", "web-2"));
          return updated.size() == 3 && c.status(WEB, "availableReplicas") == 3;
        });
    JsonObject status = cluster.get(WEB).object("status");

    assertThat(status.string("currentRevision")).isEqualTo(status.string("updateRevision"));
    assertThat(status.integer(0, "updatedReplicas")).isEqualTo(3);
  }

  @Test
  void leavesPodsBelowThePartitionAsTheyWere() {
    createReady();
    cluster.patch(WEB, "{\"spec\": {\"updateStrategy\": {\"rollingUpdate\": {\"partition\": 2}}}}");
    cluster.patch(WEB, RELABEL);
    cluster.until(
        c -> labelled(c).equals(List.of("web-2")) && c.status(WEB, "availableReplicas") == 3);

    assertThat(cluster.status(WEB, "currentReplicas")).isEqualTo(2);
    assertThat(cluster.status(WEB, "updatedReplicas")).isEqualTo(1);
  }

  @Test
  void makesAClaimForEachPod() {
    cluster.create(
        SETS,
        MANIFEST
            + """
              volumeClaimTemplates:
              - metadata: {name: www}
                spec:
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 1Gi}}
            """);
    cluster.until(c -> c.names("persistentvolumeclaims").contains("www-web-0"));

    assertThat(cluster.get("pods/web-0").array("spec", "volumes").objects())
        .anyMatch(
            volume -> volume.string("persistentVolumeClaim", "claimName").equals("www-web-0"));
    assertThat(cluster.events("web"))
        .contains("SuccessfulCreate: create Claim www-web-0 Pod web-0 in StatefulSet web success");
  }
}
