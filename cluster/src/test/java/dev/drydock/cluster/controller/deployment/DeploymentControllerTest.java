package dev.drydock.cluster.controller.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeploymentControllerTest {
  private static final String DEPLOYMENTS = "apps/deployments";
  private static final String KUARD = DEPLOYMENTS + "/kuard";
  private static final String GREEN = image("green");

  private static final String THREE =
      """
      apiVersion: apps/v1
      kind: Deployment
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

  private final Workloads cluster = new Workloads(7);

  @AfterEach
  void close() {
    cluster.close();
  }

  private static String image(String tag) {
    return """
        {"spec": {"template": {"spec": {"containers":
          [{"name": "kuard", "image": "gcr.io/kuar-demo/kuard-amd64:%s"}]}}}}
        """
        .formatted(tag);
  }

  private void createComplete(String manifest) {
    cluster.create(DEPLOYMENTS, manifest);
    cluster.until(DeploymentControllerTest::isComplete);
  }

  private static boolean isComplete(Workloads cluster) {
    JsonObject deployment = cluster.get(KUARD);
    return Deployments.isComplete(deployment, deployment.object("status"))
        && cluster.status(KUARD, "unavailableReplicas") == 0;
  }

  private JsonObject condition(String type) {
    return Conditions.find(cluster.get(KUARD).object("status"), type).orElse(JsonObject.EMPTY);
  }

  private String only() {
    return cluster.names("apps/replicasets").getFirst();
  }

  @Test
  void makesAReplicaSetNamedAfterItsTemplate() {
    createComplete(THREE);

    JsonObject set = cluster.list("apps/replicasets").getFirst();
    String hash = ObjectMeta.labels(set).get("pod-template-hash");
    assertThat(ObjectMeta.name(set)).isEqualTo("kuard-" + hash);
    assertThat(set.string("spec", "selector", "matchLabels", "pod-template-hash")).isEqualTo(hash);
    assertThat(ObjectMeta.annotations(set))
        .containsEntry("deployment.kubernetes.io/revision", "1")
        .containsEntry("deployment.kubernetes.io/desired-replicas", "3")
        .containsEntry("deployment.kubernetes.io/max-replicas", "4");
    assertThat(cluster.events("kuard"))
        .containsExactly("ScalingReplicaSet: Scaled up replica set " + only() + " from 0 to 3");
  }

  @Test
  void saysThatItIsAvailableAndHasProgressed() {
    createComplete(THREE);

    assertThat(condition("Available").string("reason")).isEqualTo("MinimumReplicasAvailable");
    assertThat(condition("Progressing").string("reason")).isEqualTo("NewReplicaSetAvailable");
    assertThat(condition("Progressing").string("message"))
        .isEqualTo("ReplicaSet \"" + only() + "\" has successfully progressed.");
  }

  @Test
  void rollsOutAChangedTemplateWithoutFallingBelowItsMinimum() {
    createComplete(THREE);
    cluster.patch(KUARD, GREEN);
    cluster.until(
        c -> {
          assertThat(c.status(KUARD, "availableReplicas")).isGreaterThanOrEqualTo(3);
          assertThat(c.pods()).hasSizeLessThanOrEqualTo(4);
          return isComplete(c);
        });

    assertThat(cluster.list("apps/replicasets"))
        .extracting(set -> set.integer(0, "spec", "replicas"))
        .containsExactlyInAnyOrder(0L, 3L);
    assertThat(ObjectMeta.annotations(cluster.get(KUARD)))
        .containsEntry("deployment.kubernetes.io/revision", "2");
  }

  @Test
  void givesAnOldTemplateTheNextRevision() {
    createComplete(THREE);
    String first = only();
    cluster.patch(KUARD, GREEN);
    cluster.until(DeploymentControllerTest::isComplete);
    cluster.patch(KUARD, image("blue"));
    cluster.until(DeploymentControllerTest::isComplete);

    assertThat(cluster.names("apps/replicasets")).hasSize(2);
    assertThat(ObjectMeta.annotations(cluster.get("apps/replicasets/" + first)))
        .containsEntry("deployment.kubernetes.io/revision", "3")
        .containsEntry("deployment.kubernetes.io/revision-history", "1");
  }

  @Test
  void recreatesOnlyAfterTheLastOldPodIsGone() {
    createComplete(THREE.replace("replicas: 3", "replicas: 3\n  strategy: {type: Recreate}"));
    cluster.patch(KUARD, GREEN);
    cluster.until(
        c -> {
          List<String> hashes =
              c.list("pods").stream()
                  .map(pod -> ObjectMeta.labels(pod).getOrDefault("pod-template-hash", ""))
                  .distinct()
                  .toList();
          assertThat(hashes).hasSizeLessThanOrEqualTo(1);
          return isComplete(c);
        });
    assertThat(cluster.list("apps/replicasets")).hasSize(2);
  }

  @Test
  void leavesAPausedDeploymentAloneButScalesIt() {
    createComplete(THREE);
    cluster.patch(KUARD, "{\"spec\": {\"paused\": true, \"replicas\": 5}}");
    cluster.patch(KUARD, GREEN);
    cluster.until(c -> c.status(KUARD, "readyReplicas") == 5);

    assertThat(cluster.names("apps/replicasets")).hasSize(1);
    assertThat(condition("Progressing").string("reason")).isEqualTo("DeploymentPaused");
    cluster.patch(KUARD, "{\"spec\": {\"paused\": false}}");
    cluster.until(c -> c.status(KUARD, "updatedReplicas") == 5 && isComplete(c));
    assertThat(cluster.names("apps/replicasets")).hasSize(2);
  }

  @Test
  void keepsTheOldPodsWhenTheNewImageCannotBePulled() {
    createComplete(THREE.replace("replicas: 3", "replicas: 3\n  progressDeadlineSeconds: 60"));
    cluster.patch(KUARD, image("nosuch"));
    cluster.advance(Duration.ofSeconds(90));

    assertThat(cluster.status(KUARD, "availableReplicas")).isEqualTo(3);
    assertThat(cluster.status(KUARD, "unavailableReplicas")).isEqualTo(1);
    assertThat(condition("Progressing").string("reason")).isEqualTo("ProgressDeadlineExceeded");
  }

  @Test
  void sharesANewSizeAmongReplicaSetsInTheMidstOfARollout() {
    createComplete(THREE.replace("replicas: 3", "replicas: 10"));
    cluster.patch(KUARD, image("nosuch"));
    cluster.advance(Duration.ofSeconds(20));
    cluster.patch(KUARD, "{\"spec\": {\"replicas\": 15}}");
    cluster.advance(Duration.ofSeconds(20));

    // Upstream's own example: 8 of the old and 5 of the new become 12 and 7.
    assertThat(cluster.list("apps/replicasets"))
        .extracting(set -> set.integer(0, "spec", "replicas"))
        .containsExactlyInAnyOrder(12L, 7L);
  }

  @Test
  void forgetsRevisionsBeyondTheLimit() {
    createComplete(THREE.replace("replicas: 3", "replicas: 1\n  revisionHistoryLimit: 1"));
    for (String tag : List.of("green", "purple", "blue")) {
      cluster.patch(KUARD, image(tag));
      cluster.until(DeploymentControllerTest::isComplete);
      cluster.advance(Duration.ofSeconds(5));
    }

    assertThat(cluster.names("apps/replicasets")).hasSize(2);
  }
}
