package dev.drydock.cluster.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PersistentVolumesTest {
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String CLAIM = CLAIMS + "/claim";
  private static final String VOLUMES = "persistentvolumes";
  private static final String DISK = VOLUMES + "/disk";

  private final Workloads cluster = new Workloads(11);

  @AfterEach
  void close() {
    cluster.close();
  }

  private void volume(String name, String size, String more) {
    cluster.create(
        VOLUMES,
        """
        {apiVersion: v1, kind: PersistentVolume, metadata: {name: %s, labels: {tier: %s}}, spec: {
          capacity: {storage: %s}, accessModes: [ReadWriteOnce], hostPath: {path: /var/lib/%s}%s}}
        """
            .formatted(name, name, size, name, more));
  }

  private void claim(String more) {
    cluster.create(
        CLAIMS,
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: claim}, spec: {
          accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}%s}}
        """
            .formatted(more));
  }

  private void user(String name, String script) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: %s}, spec: {
          terminationGracePeriodSeconds: 1,
          volumes: [{name: data, persistentVolumeClaim: {claimName: claim}}],
          containers: [{name: c, image: busybox, command: [sh, -c, "%s; sleep 3600"],
            volumeMounts: [{name: data, mountPath: /data}]}]}}
        """
            .formatted(name, script));
  }

  private String phase(String path) {
    return cluster.get(path).string("status", "phase");
  }

  private void untilPhase(String path, String phase) {
    cluster.until(_ -> phase(path).equals(phase));
  }

  @Test
  void bindsTheSmallestVolumeThatIsLargeEnough() {
    volume("small", "500Mi", "");
    volume("large", "5Gi", "");
    volume("disk", "2Gi", "");
    claim(", storageClassName: ''");
    untilPhase(CLAIM, "Bound");

    JsonObject claim = cluster.get(CLAIM);
    JsonObject disk = cluster.get(DISK);
    assertThat(claim.string("spec", "volumeName")).isEqualTo("disk");
    assertThat(claim.string("status", "capacity", "storage")).isEqualTo("2Gi");
    assertThat(ObjectMeta.annotations(claim))
        .containsEntry("pv.kubernetes.io/bind-completed", "yes")
        .containsEntry("pv.kubernetes.io/bound-by-controller", "yes");
    assertThat(disk.string("spec", "claimRef", "uid")).isEqualTo(ObjectMeta.uid(claim));
    assertThat(phase(DISK)).isEqualTo("Bound");
    assertThat(phase(VOLUMES + "/large")).isEqualTo("Available");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          , storageClassName: slow  | , storageClassName: fast
          , volumeMode: Filesystem  | , storageClassName: '', volumeMode: Block
          , storageClassName: ''    | , storageClassName: '', selector: {matchLabels: {tier: other}}
          """)
  void leavesAVolumeThatDoesNotSuit(String volume, String claim) {
    volume("disk", "2Gi", volume);
    claim(claim);
    cluster.advance(Duration.ofSeconds(40));

    assertThat(phase(CLAIM)).isEqualTo("Pending");
    assertThat(phase(DISK)).isEqualTo("Available");
  }

  @Test
  void saysThatNothingIsThereWithoutAClass() {
    claim(", storageClassName: ''");
    cluster.advance(Duration.ofSeconds(1));

    assertThat(cluster.events("claim"))
        .contains(
            "FailedBinding: no persistent volumes available for this claim and no storage class is"
                + " set");
  }

  @Test
  void refusesTheNamedVolumeThatIsTooSmall() {
    volume("disk", "100Mi", "");
    claim(", storageClassName: '', volumeName: disk");
    cluster.advance(Duration.ofSeconds(1));

    assertThat(cluster.events("claim"))
        .contains(
            "VolumeMismatch: Cannot bind to requested volume \"disk\": requested PV is too small");
  }

  @Test
  void keepsAVolumeForTheClaimItNames() {
    volume("disk", "1Gi", ", claimRef: {namespace: default, name: claim}");
    volume("other", "1Gi", "");
    cluster.advance(Duration.ofSeconds(1));
    assertThat(phase(DISK)).isEqualTo("Available");
    claim(", storageClassName: ''");
    untilPhase(CLAIM, "Bound");

    assertThat(cluster.get(CLAIM).string("spec", "volumeName")).isEqualTo("disk");
    assertThat(ObjectMeta.annotations(cluster.get(DISK)))
        .doesNotContainKey("pv.kubernetes.io/bound-by-controller");
  }

  @Test
  void retainsTheVolumeOfAClaimThatIsGone() {
    volume("disk", "1Gi", "");
    claim(", storageClassName: ''");
    untilPhase(CLAIM, "Bound");
    cluster.delete(CLAIM);
    untilPhase(DISK, "Released");
    claim(", storageClassName: ''");
    cluster.advance(Duration.ofSeconds(40));

    assertThat(phase(CLAIM)).isEqualTo("Pending");
  }

  @Test
  void failsToDeleteAHostPathOutsideTmp() {
    volume("disk", "1Gi", ", persistentVolumeReclaimPolicy: Delete");
    claim(", storageClassName: ''");
    untilPhase(CLAIM, "Bound");
    cluster.delete(CLAIM);
    untilPhase(DISK, "Failed");

    assertThat(cluster.get(DISK).string("status", "message"))
        .isEqualTo("host_path deleter only supports /tmp/.+ but received provided /var/lib/disk");
  }

  @Test
  void scrubsARecycledVolumeAndOffersItAgain() {
    volume("disk", "1Gi", ", persistentVolumeReclaimPolicy: Recycle");
    claim(", storageClassName: ''");
    user("writer", "echo secret > /data/f");
    cluster.until(c -> c.get("pods/writer").string("status", "phase").equals("Running"));
    cluster.delete("pods/writer");
    cluster.delete(CLAIM);
    untilPhase(DISK, "Available");
    claim(", storageClassName: ''");
    user("reader", "ls /data | wc -l");
    cluster.until(c -> c.get("pods/reader").string("status", "phase").equals("Running"));

    assertThat(cluster.exec("reader", "ls", "/data")).isEmpty();
  }

  @Test
  void losesAClaimWhoseVolumeIsGone() {
    volume("disk", "1Gi", "");
    claim(", storageClassName: ''");
    untilPhase(CLAIM, "Bound");
    cluster.patch(DISK, "{\"metadata\":{\"finalizers\":null}}");
    cluster.delete(DISK);
    cluster.patch(DISK, "{\"metadata\":{\"finalizers\":null}}");
    untilPhase(CLAIM, "Lost");

    assertThat(cluster.events("claim"))
        .contains(
            "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!");
  }

  @Test
  void provisionsForTheFirstConsumerAndDeletesAfterTheClaim() {
    claim("");
    cluster.advance(Duration.ofSeconds(20));
    assertThat(cluster.events("claim"))
        .contains("WaitForFirstConsumer: waiting for first consumer to be created before binding");
    user("app", "echo kept >> /data/f");
    cluster.until(c -> c.get("pods/app").string("status", "phase").equals("Running"));

    JsonObject claim = cluster.get(CLAIM);
    String name = "pvc-" + ObjectMeta.uid(claim);
    JsonObject volume = cluster.get(VOLUMES + "/" + name);
    assertThat(ObjectMeta.annotations(claim))
        .containsEntry("volume.kubernetes.io/selected-node", "kuar-control-plane")
        .containsEntry("volume.kubernetes.io/storage-provisioner", "rancher.io/local-path");
    assertThat(volume.string("spec", "hostPath", "path"))
        .isEqualTo("/var/local-path-provisioner/" + name + "_default_claim");
    assertThat(cluster.events("claim"))
        .contains(
            "Provisioning: External provisioner is provisioning volume for claim"
                + " \"default/claim\"",
            "ProvisioningSucceeded: Successfully provisioned volume " + name)
        .anyMatch(event -> event.startsWith("ExternalProvisioning: Waiting for a volume"));

    cluster.delete("pods/app");
    cluster.delete(CLAIM);
    cluster.until(c -> !c.names(VOLUMES).contains(name));
    assertThat(cluster.names(CLAIMS)).isEmpty();
  }

  @Test
  void refusesToProvisionWhatManyNodesWrite() {
    cluster.create(
        CLAIMS,
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: claim}, spec: {
          accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}}
        """);
    user("app", "true");
    cluster.advance(Duration.ofSeconds(10));

    assertThat(cluster.events("claim"))
        .contains(
            "ProvisioningFailed: failed to provision volume with StorageClass \"standard\": NodePath"
                + " only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes");
  }

  @Test
  void keepsAClaimThatAPodUses() {
    volume("disk", "1Gi", "");
    claim(", storageClassName: ''");
    user("app", "true");
    cluster.until(c -> c.get("pods/app").string("status", "phase").equals("Running"));
    cluster.delete(CLAIM);
    cluster.advance(Duration.ofSeconds(30));
    assertThat(ObjectMeta.isBeingDeleted(cluster.get(CLAIM))).isTrue();
    cluster.delete("pods/app");
    cluster.until(c -> c.names(CLAIMS).isEmpty());

    untilPhase(DISK, "Released");
  }

  @Test
  void keepsAVolumeThatIsBound() {
    volume("disk", "1Gi", "");
    claim(", storageClassName: ''");
    untilPhase(CLAIM, "Bound");
    cluster.delete(DISK);
    cluster.advance(Duration.ofSeconds(30));
    assertThat(ObjectMeta.isBeingDeleted(cluster.get(DISK))).isTrue();
    cluster.delete(CLAIM);

    cluster.until(c -> c.names(VOLUMES).isEmpty());
    assertThat(cluster.names(VOLUMES)).isEmpty();
  }

  @Test
  void saysWhyAPodWaitsForItsClaim() {
    volume("disk", "1Gi", "");
    user("app", "true");
    cluster.advance(Duration.ofSeconds(1));
    assertThat(cluster.events("app"))
        .contains(
            "FailedScheduling: 0/1 nodes are available: persistentvolumeclaim \"claim\" not found."
                + " not found");
    claim(", storageClassName: '', selector: {matchLabels: {tier: none}}");
    cluster.advance(Duration.ofSeconds(10));

    assertThat(cluster.events("app"))
        .contains(
            "FailedScheduling: 0/1 nodes are available: pod has unbound immediate"
                + " PersistentVolumeClaims. not found");
  }
}
