package dev.drydock.cluster.controller.replicaset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Workloads;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReplicaSetControllerTest {
  private static final String SETS = "apps/replicasets";
  private static final String KUARD = SETS + "/kuard";

  private static final String THREE =
      """
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata: {name: kuard}
      spec:
        replicas: 3
        selector: {matchLabels: {app: kuard}}
        template:
          metadata: {labels: {app: kuard}}
          spec:
            terminationGracePeriodSeconds: 1
            containers: [{name: kuard, image: "gcr.io/kuar-demo/kuard-amd64:blue"}]
      """;

  private static final String ORPHAN =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: orphan, labels: {app: kuard}}
      spec:
        terminationGracePeriodSeconds: 1
        containers: [{name: kuard, image: "gcr.io/kuar-demo/kuard-amd64:blue"}]
      """;

  private final Workloads cluster = new Workloads(7);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void createReady() {
    cluster.create(SETS, THREE);
    cluster.until(c -> c.status(KUARD, "readyReplicas") == 3);
  }

  @Test
  void createsThePodsAskedFor() {
    createReady();

    assertThat(cluster.pods()).hasSize(3);
    assertThat(cluster.status(KUARD, "replicas")).isEqualTo(3);
    assertThat(cluster.status(KUARD, "fullyLabeledReplicas")).isEqualTo(3);
    assertThat(cluster.status(KUARD, "availableReplicas")).isEqualTo(3);
    assertThat(cluster.status(KUARD, "observedGeneration")).isEqualTo(1);
    assertThat(cluster.events("kuard"))
        .containsExactlyInAnyOrderElementsOf(
            cluster.names("pods").stream()
                .map(n -> "SuccessfulCreate: Created pod: " + n)
                .toList());
  }

  @Test
  void replacesAPodThatIsDeleted() {
    createReady();
    String first = cluster.names("pods").getFirst();
    cluster.delete("pods/" + first);
    cluster.until(c -> !c.names("pods").contains(first) && c.status(KUARD, "readyReplicas") == 3);

    assertThat(cluster.pods()).hasSize(3);
  }

  @Test
  void adoptsMatchingOrphanPods() {
    cluster.create("pods", ORPHAN);
    createReady();

    assertThat(cluster.names("pods")).hasSize(3).contains("orphan");
    assertThat(ObjectMeta.controllerOf(cluster.get("pods/orphan")).orElseThrow().string("name"))
        .isEqualTo("kuard");
  }

  @Test
  void deletesASurplusPodThatDoesNotRunYet() {
    createReady();
    cluster.create("pods", ORPHAN);
    cluster.until(c -> !c.names("pods").contains("orphan"));

    assertThat(cluster.pods()).hasSize(3);
    assertThat(cluster.events("kuard")).contains("SuccessfulDelete: Deleted pod: orphan");
  }

  @Test
  void releasesAPodWhoseLabelsNoLongerMatch() {
    createReady();
    String first = cluster.names("pods").getFirst();
    cluster.patch("pods/" + first, "{\"metadata\": {\"labels\": {\"app\": \"debug\"}}}");
    cluster.until(c -> c.pods().size() == 4);

    assertThat(ObjectMeta.ownerReferences(cluster.get("pods/" + first))).isEmpty();
  }

  @Test
  void isAvailableOnlyAfterMinReadySeconds() {
    cluster.create(SETS, THREE.replace("replicas: 3", "replicas: 3\n  minReadySeconds: 20"));
    cluster.until(c -> c.status(KUARD, "readyReplicas") == 3);

    assertThat(cluster.status(KUARD, "availableReplicas")).isZero();
    cluster.until(c -> c.status(KUARD, "availableReplicas") == 3);
  }

  @Test
  void scalesAReplicationControllerAlike() {
    String manifest =
        THREE
            .replace("apps/v1", "v1")
            .replace("ReplicaSet", "ReplicationController")
            .replace("{matchLabels: {app: kuard}}", "{app: kuard}");
    cluster.create("replicationcontrollers", manifest);
    cluster.until(c -> c.status("replicationcontrollers/kuard", "readyReplicas") == 3);
    cluster.patch("replicationcontrollers/kuard", "{\"spec\": {\"replicas\": 1}}");
    cluster.until(c -> c.status("replicationcontrollers/kuard", "replicas") == 1);

    assertThat(cluster.pods()).hasSize(1);
  }

  @Test
  void givesTheSamePodsForTheSameSeed() {
    createReady();
    try (Workloads other = new Workloads(7)) {
      other.create(SETS, THREE);
      other.until(c -> c.status(KUARD, "readyReplicas") == 3);

      List<String> names = other.names("pods");
      assertThat(names).isEqualTo(cluster.names("pods"));
    }
  }
}
