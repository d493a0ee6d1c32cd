package dev.drydock.cluster.kubelet.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Volumes as the containers of pods see them.
final class VolumesOfPodsTest {
  private final Workloads cluster = Workloads.withWorkers(2, 5);

  @AfterEach
  void close() {
    cluster.close();
  }

  private static final String KUARD_WITH_HOST_PATH =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kuard
      spec:
        volumes:
          - name: "kuard-data"
            hostPath:
              path: "/var/lib/kuard"
        containers:
          - image: gcr.io/kuar-demo/kuard-amd64:blue
            name: kuard
            volumeMounts:
              - mountPath: "/data"
                name: "kuard-data"
            ports:
              - containerPort: 8080
                name: http
                protocol: TCP
      """;

  private static final String KUARD_FULL =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: kuard
      spec:
        volumes:
          - name: "kuard-data"
            nfs:
              server: my.nfs.server.local
              path: "/exports"
        containers:
          - image: gcr.io/kuar-demo/kuard-amd64:blue
            name: kuard
            ports:
              - containerPort: 8080
                name: http
                protocol: TCP
            resources:
              requests:
                cpu: "500m"
                memory: "128Mi"
              limits:
                cpu: "1000m"
                memory: "256Mi"
            volumeMounts:
              - mountPath: "/data"
                name: "kuard-data"
            livenessProbe:
              httpGet:
                path: /healthy
                port: 8080
              initialDelaySeconds: 5
              timeoutSeconds: 1
              periodSeconds: 10
              failureThreshold: 3
            readinessProbe:
              httpGet:
                path: /ready
                port: 8080
              initialDelaySeconds: 30
              timeoutSeconds: 1
              periodSeconds: 10
              failureThreshold: 3
      """;

  private void untilPhase(String pod, String phase) {
    cluster.until(c -> c.get("pods/" + pod).string("status", "phase").equals(phase));
  }

  private void pod(String name, String volume, String mount, String script) {
    pod(name, volume, mount, script, "");
  }

  private void pod(String name, String volume, String mount, String script, String more) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: web}}, spec: {
          terminationGracePeriodSeconds: 1, %s
          volumes: [{name: v, %s}],
          containers: [{name: c, image: busybox, command: [sh, -c, "%s; sleep 3600"],
            volumeMounts: [{name: v, mountPath: /data%s}]}]}}
        """
            .formatted(name, more, volume, script, mount));
  }

  private void on(String node, String name, String volume, String script) {
    pod(name, volume, "", script, "nodeName: " + node + ",");
  }

  @Test
  void keepsADirectoryOfTheNodeBeyondThePod() {
    cluster.create("pods", KUARD_WITH_HOST_PATH);
    untilPhase("kuard", "Running");
    String node = cluster.get("pods/kuard").string("spec", "nodeName");
    on(node, "writer", "hostPath: {path: /var/lib/kuard}", "echo kept > /data/f");
    untilPhase("writer", "Running");
    assertThat(cluster.exec("kuard", "cat", "/data/f")).isEqualTo("kept\n");
    cluster.delete("pods/kuard");
    cluster.delete("pods/writer");
    cluster.until(c -> c.names("pods").isEmpty());
    on(node, "reader", "hostPath: {path: /var/lib/kuard}", "true");
    untilPhase("reader", "Running");

    assertThat(cluster.exec("reader", "cat", "/data/f")).isEqualTo("kept\n");
  }

  @Test
  void movesTheFilesOfAServerBetweenNodes() {
    cluster.create("pods", KUARD_FULL);
    cluster.until(
        c ->
            c.get("pods/kuard")
                .array("status", "conditions")
                .objects()
                .anyMatch(
                    o -> o.string("type").equals("Ready") && o.string("status").equals("True")));
    cluster.exec("kuard", "sh", "-c", "echo kept > /data/f");
    cluster.delete("pods/kuard");
    cluster.until(c -> c.names("pods").isEmpty());
    String nfs = "nfs: {server: my.nfs.server.local, path: /exports}";
    on("worker-1", "one", nfs, "true");
    on("worker-2", "two", nfs, "true");
    untilPhase("one", "Running");
    untilPhase("two", "Running");
    cluster.exec("two", "sh", "-c", "echo more >> /data/f");

    assertThat(cluster.exec("one", "cat", "/data/f")).isEqualTo("kept\nmore\n");
    assertThat(cluster.exec("one", "sh", "-c", "mount | grep /data"))
        .startsWith("my.nfs.server.local:/exports on /data type nfs4");
  }

  @Test
  void bindsAClaimToAServer() {
    cluster.create(
        "persistentvolumes",
        """
        {apiVersion: v1, kind: PersistentVolume, metadata: {name: shared}, spec: {
          capacity: {storage: 1Gi}, accessModes: [ReadWriteMany], storageClassName: nfs,
          nfs: {server: nfs.example, path: /srv}}}
        """);
    cluster.create(
        "persistentvolumeclaims",
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: claim}, spec: {
          accessModes: [ReadWriteMany], storageClassName: nfs,
          resources: {requests: {storage: 1Gi}}}}
        """);
    on("worker-1", "one", "persistentVolumeClaim: {claimName: claim}", "echo kept > /data/f");
    untilPhase("one", "Running");
    pod("two", "persistentVolumeClaim: {claimName: claim, readOnly: true}", "", "true");
    untilPhase("two", "Running");

    assertThat(cluster.exec("two", "cat", "/data/f")).isEqualTo("kept\n");
    assertThat(cluster.exec("two", "touch", "/data/g")).contains("Read-only file system");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Directory   | hostPath type check failed: /no/such is not a directory
          File        | hostPath type check failed: /no/such is not a file
          Socket      | hostPath type check failed: /no/such is not a socket file
          CharDevice  | hostPath type check failed: /no/such is not a character device
          BlockDevice | hostPath type check failed: /no/such is not a block device
          """)
  void failsToMountWhatIsNotOfItsType(String type, String why) {
    pod("p", "hostPath: {path: /no/such, type: %s}".formatted(type), "", "true");
    cluster.advance(Duration.ofSeconds(3));

    assertThat(cluster.events("p"))
        .contains("FailedMount: MountVolume.SetUp failed for volume \"v\" : " + why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          configMap: {name: none}                      | configmap "none" not found
          secret: {secretName: none}                   | secret "none" not found
          configMap: {name: c, items: [{key: x, path: x}]} | references non-existent config key: x
          secret: {secretName: s, items: [{key: x, path: x}]} | references non-existent secret key: x
          """)
  void failsToMountWhatIsNotThere(String volume, String why) {
    cluster.create("configmaps", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}");
    cluster.create("secrets", "{apiVersion: v1, kind: Secret, metadata: {name: s}}");
    pod("p", volume, "", "true");
    cluster.advance(Duration.ofSeconds(3));

    assertThat(cluster.events("p"))
        .contains("FailedMount: MountVolume.SetUp failed for volume \"v\" : " + why);
  }

  @Test
  void mountsWhatIsOptionalEmpty() {
    pod("p", "configMap: {name: none, optional: true}", "", "true");
    untilPhase("p", "Running");

    assertThat(cluster.exec("p", "ls", "/data")).isEmpty();
  }

  @Test
  void showsAChangedConfigMapAfterASyncButNotThroughASubPath() {
    cluster.create(
        "configmaps", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {key: old}}");
    pod(
        "whole",
        "configMap: {name: c, items: [{key: key, path: dir/file, mode: 256}]}",
        "",
        "true");
    pod("part", "configMap: {name: c}", "/key, subPath: key", "true");
    untilPhase("whole", "Running");
    untilPhase("part", "Running");
    assertThat(cluster.exec("whole", "sh", "-c", "ls -lL /data/dir/file")).startsWith("-r--------");
    cluster.patch("configmaps/c", "{\"data\":{\"key\":\"new\"}}");
    cluster.advance(Duration.ofSeconds(100));

    assertThat(cluster.exec("whole", "cat", "/data/dir/file")).isEqualTo("new");
    assertThat(cluster.exec("part", "cat", "/data/key")).isEqualTo("old");
    assertThat(cluster.exec("whole", "touch", "/data/x")).contains("Read-only file system");
  }

  @Test
  void showsChangedLabelsInADownwardVolume() {
    pod(
        "p",
        "downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}",
        "",
        "true");
    untilPhase("p", "Running");
    cluster.patch("pods/p", "{\"metadata\":{\"labels\":{\"app\":\"changed\"}}}");
    cluster.advance(Duration.ofSeconds(2));

    assertThat(cluster.exec("p", "cat", "/data/labels")).isEqualTo("app=\"changed\"");
  }

  @Test
  void keepsAVolumeInMemoryToItsSize() {
    pod("p", "emptyDir: {medium: Memory, sizeLimit: 1Mi}", "", "true");
    untilPhase("p", "Running");

    assertThat(cluster.exec("p", "sh", "-c", "dd if=/dev/zero of=/data/f bs=1k count=2000"))
        .contains("No space left on device");
    assertThat(cluster.exec("p", "sh", "-c", "mount | grep /data"))
        .startsWith("tmpfs on /data type tmpfs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          emptyDir: {sizeLimit: 1Mi} | /data | | Usage of EmptyDir volume "v" exceeds the limit "1Mi".
          emptyDir: {} | /tmp | resources: {limits: {ephemeral-storage: 1Mi}}, | Pod ephemeral local storage usage exceeds the total limit of containers 1Mi.
          """)
  void evictsAPodThatKeepsTooMuch(String volume, String dir, String resources, String message) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {
          volumes: [{name: v, %s}],
          containers: [{name: c, image: busybox, %s
            command: [sh, -c, "sleep 5; dd if=/dev/zero of=%s/f bs=1k count=2000; sleep 3600"],
            volumeMounts: [{name: v, mountPath: /data}]}]}}
        """
            .formatted(volume, resources == null ? "" : resources, dir));
    untilPhase("p", "Failed");
    cluster.advance(Duration.ofSeconds(5));

    JsonObject status = cluster.get("pods/p").object("status");
    assertThat(status.string("reason")).isEqualTo("Evicted");
    assertThat(status.string("message").strip()).isEqualTo(message);
    assertThat(
            status
                .array("containerStatuses")
                .objects()
                .toList()
                .getFirst()
                .integer(0, "state", "terminated", "exitCode"))
        .isEqualTo(137);
    assertThat(cluster.events("p")).contains("Evicted: " + message + " ");
  }

  @Test
  void endsAPodAtItsDeadline() {
    pod("p", "emptyDir: {}", "", "true", "activeDeadlineSeconds: 5,");
    untilPhase("p", "Running");
    cluster.advance(Duration.ofSeconds(6));

    JsonObject status = cluster.get("pods/p").object("status");
    assertThat(status.string("phase")).isEqualTo("Failed");
    assertThat(status.string("reason")).isEqualTo("DeadlineExceeded");
  }
}
