package dev.drydock.cluster.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Workloads;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A control plane that ordinary pods stay away from, and three workers of 2 CPUs and 4 GiB.
final class SchedulerTest {
  private static final String TAINTED = "1 node(s) had untolerated taint(s)";

  private final Workloads cluster = Workloads.withWorkers(3, 3);

  @BeforeEach
  void putWorkersIntoZones() {
    for (int i = 1; i <= 3; i++) {
      cluster.patch(
          "nodes/worker-" + i,
          "{\"metadata\":{\"labels\":{\"zone\":\"%s\",\"disk\":\"d%d\"}}}"
              .formatted(i == 3 ? "b" : "a", i));
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void pod(String name, String inContainer, String inSpec) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: %s}}, spec: {
          terminationGracePeriodSeconds: 1,
          containers: [{name: c, image: busybox, command: [sleep, "3600"], %s}]%s}}
        """
            .formatted(name, name, inContainer, inSpec));
  }

  /// A pod with more fields in its container.
  private void container(String name, String fields) {
    pod(name, fields, "");
  }

  /// A pod with more fields in its spec.
  private void spec(String name, String labels, String fields) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {%s}}, spec: {
          terminationGracePeriodSeconds: 1,
          containers: [{name: c, image: busybox, command: [sleep, "3600"]}], %s}}
        """
            .formatted(name, labels, fields));
  }

  private String node(String pod) {
    cluster.advance(Duration.ofSeconds(1));
    return cluster.get("pods/" + pod).string("spec", "nodeName");
  }

  private String refusal(String pod) {
    cluster.advance(Duration.ofSeconds(1));
    return cluster
        .get("pods/" + pod)
        .array("status", "conditions")
        .objects()
        .filter(c -> c.string("reason").equals("Unschedulable"))
        .map(c -> c.string("message"))
        .findFirst()
        .orElse("");
  }

  private static String refused(String reasons, String preemption) {
    return "0/4 nodes are available: %s. no new claims to deallocate, preemption: 0/4 nodes are available: %s."
        .formatted(reasons, preemption);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nodeSelector: {disk: none} | 4 node(s) didn't match Pod's node affinity/selector
          nodeSelector: {zone: b}, tolerations: [] | worker-3
          affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [d2]}]}]}}} | worker-2
          affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: {matchExpressions: [{key: disk, operator: In, values: [d2]}]}}]}} | worker-2
          """)
  void followsSelectorsOfNodes(String spec, String expected) {
    spec("p", "app: p", spec);

    if (expected.startsWith("worker")) {
      assertThat(node("p")).isEqualTo(expected);
    } else {
      String counted = expected.replace("4 ", "3 ") + ", " + TAINTED;
      String sorted = TAINTED + ", " + expected.replace("4 ", "3 ");
      assertThat(refusal("p"))
          .isIn(
              refused(counted, "4 Preemption is not helpful for scheduling"),
              refused(sorted, "4 Preemption is not helpful for scheduling"));
    }
  }

  @Test
  void countsReasonsAndSortsThem() {
    cluster.patch("nodes/worker-1", "{\"spec\":{\"unschedulable\":true}}");
    container("p", "resources: {requests: {cpu: 3}}");

    assertThat(refusal("p"))
        .isEqualTo(
            refused(
                TAINTED + ", 1 node(s) were unschedulable, 2 Insufficient cpu",
                "4 Preemption is not helpful for scheduling"));
  }

  @Test
  void saysThatThereIsNobodyLessImportant() {
    for (int i = 1; i <= 3; i++) {
      container("full-" + i, "resources: {requests: {cpu: 1500m}}");
    }
    cluster.advance(Duration.ofSeconds(1));
    container("p", "resources: {requests: {cpu: 1}}");

    assertThat(refusal("p"))
        .isEqualTo(
            refused(
                TAINTED + ", 3 Insufficient cpu",
                "1 Preemption is not helpful for scheduling, 3 No preemption victims found for"
                    + " incoming pod"));
  }

  @Test
  void triesAgainWhenRoomIsMade() {
    for (int i = 1; i <= 3; i++) {
      container("full-" + i, "resources: {requests: {cpu: 1500m}}");
    }
    container("p", "resources: {requests: {cpu: 1}}");
    cluster.advance(Duration.ofSeconds(5));
    String free = node("full-2");
    cluster.delete("pods/full-2");
    cluster.advance(Duration.ofSeconds(5));

    assertThat(node("p")).isEqualTo(free);
  }

  @Test
  void keepsHostPortsApart() {
    for (int i = 1; i <= 3; i++) {
      container("taken-" + i, "ports: [{containerPort: 80, hostPort: 8080}]");
    }
    cluster.advance(Duration.ofSeconds(1));
    assertThat(List.of(node("taken-1"), node("taken-2"), node("taken-3"))).doesNotHaveDuplicates();
    container("p", "ports: [{containerPort: 80, hostPort: 8080}]");

    assertThat(refusal("p"))
        .startsWith(
            "0/4 nodes are available: "
                + TAINTED
                + ", 3 node(s) didn't have free ports for the requested pod ports.");
  }

  private static String affinity(String kind, String app, String key) {
    return "affinity: {%s: {requiredDuringSchedulingIgnoredDuringExecution: [{labelSelector: {matchLabels: {app: %s}}, topologyKey: %s}]}}"
        .formatted(kind, app, key);
  }

  @Test
  void putsPodsNearThoseTheyWantNear() {
    spec("db", "app: db", "nodeSelector: {disk: d3}");
    spec("web", "app: web", affinity("podAffinity", "db", "zone"));
    assertThat(node("web")).isEqualTo("worker-3");
    spec("lonely", "app: lonely", affinity("podAffinity", "nobody", "zone"));

    assertThat(refusal("lonely"))
        .startsWith(
            "0/4 nodes are available: " + TAINTED + ", 3 node(s) didn't match pod affinity rules.");
  }

  @Test
  void letsTheFirstOfAGroupGoAnywhere() {
    spec("a", "app: g", affinity("podAffinity", "g", "zone"));

    assertThat(node("a")).startsWith("worker-");
  }

  @Test
  void keepsPodsApartThatWantToBe() {
    for (int i = 1; i <= 3; i++) {
      spec("p" + i, "app: p", affinity("podAntiAffinity", "p", "kubernetes.io/hostname"));
    }
    assertThat(List.of(node("p1"), node("p2"), node("p3"))).doesNotHaveDuplicates();
    spec("p4", "app: p", affinity("podAntiAffinity", "p", "kubernetes.io/hostname"));
    assertThat(refusal("p4"))
        .startsWith(
            "0/4 nodes are available: "
                + TAINTED
                + ", 3 node(s) didn't match pod anti-affinity rules.");
    spec("other", "app: p", "dnsPolicy: Default");

    assertThat(refusal("other"))
        .startsWith(
            "0/4 nodes are available: "
                + TAINTED
                + ", 3 node(s) didn't satisfy existing pods anti-affinity rules.");
  }

  private static String spread(String more) {
    return "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, labelSelector: {matchLabels: {app: s}}, %s}]"
        .formatted(more);
  }

  @Test
  void spreadsPodsOverZones() {
    for (int i = 1; i <= 4; i++) {
      spec("s" + i, "app: s", spread("whenUnsatisfiable: DoNotSchedule"));
    }
    cluster.advance(Duration.ofSeconds(1));
    long inB =
        cluster.pods().stream()
            .filter(p -> p.string("spec", "nodeName").equals("worker-3"))
            .count();
    assertThat(inB).isEqualTo(2);
    spec("s5", "app: s", spread("whenUnsatisfiable: DoNotSchedule") + ", nodeName: worker-3");
    spec("s6", "app: s", spread("whenUnsatisfiable: DoNotSchedule") + ", nodeName: worker-3");
    spec(
        "s7",
        "app: s",
        "topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, nodeAffinityPolicy: Ignore,"
            + " labelSelector: {matchLabels: {app: s}}, whenUnsatisfiable: DoNotSchedule}],"
            + " nodeSelector: {zone: b}");

    assertThat(refusal("s7"))
        .contains("1 node(s) didn't match pod topology spread constraints")
        .contains("2 node(s) didn't match Pod's node affinity/selector");
  }

  @Test
  void wantsAtLeastSoManyPlaces() {
    spec("s1", "app: s", spread("whenUnsatisfiable: DoNotSchedule, minDomains: 3"));
    spec("s2", "app: s", spread("whenUnsatisfiable: DoNotSchedule, minDomains: 3"));
    spec("s3", "app: s", spread("whenUnsatisfiable: DoNotSchedule, minDomains: 3"));

    assertThat(refusal("s3"))
        .startsWith(
            "0/4 nodes are available: "
                + TAINTED
                + ", 3 node(s) didn't match pod topology spread constraints.");
  }

  @Test
  void asksForTheLabelOfATopology() {
    spec(
        "p",
        "app: s",
        "topologySpreadConstraints: [{maxSkew: 1, topologyKey: rack, whenUnsatisfiable:"
            + " DoNotSchedule, labelSelector: {matchLabels: {app: s}}}]");

    assertThat(refusal("p"))
        .contains(
            "3 node(s) didn't match pod topology spread constraints (missing required label)");
  }

  @Test
  void spreadsThePodsOfADeploymentOverNodes() {
    cluster.create(
        "apps/deployments",
        """
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 6,
          selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {
            containers: [{name: c, image: busybox, command: [sleep, "3600"]}]}}}}
        """);
    cluster.until(c -> c.status("apps/deployments/web", "availableReplicas") == 6);

    for (int i = 1; i <= 3; i++) {
      String worker = "worker-" + i;
      assertThat(cluster.pods().stream().map(p -> p.string("spec", "nodeName")))
          .filteredOn(worker::equals)
          .hasSize(2);
    }
  }

  private void priorityClass(String name, int value, String policy) {
    cluster.create(
        "scheduling.k8s.io/priorityclasses",
        "{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: %s}, value: %d, preemptionPolicy: %s}"
            .formatted(name, value, policy));
  }

  private void claimCpu(String name, String cpu, String priorityClass, String more) {
    cluster.create(
        "pods",
        """
        {apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: %s}}, spec: {
          terminationGracePeriodSeconds: 5, priorityClassName: %s%s,
          containers: [{name: c, image: busybox, command: [sleep, "3600"],
            resources: {requests: {cpu: %s}}}]}}
        """
            .formatted(name, name, priorityClass, more, cpu));
  }

  @Test
  void takesTheLeastImportantPodsAway() {
    priorityClass("low", 10, "PreemptLowerPriority");
    priorityClass("middle", 20, "PreemptLowerPriority");
    priorityClass("high", 100, "PreemptLowerPriority");
    claimCpu("m1", "1500m", "middle", ", nodeSelector: {disk: d1}");
    claimCpu("m2", "1500m", "middle", ", nodeSelector: {disk: d2}");
    claimCpu("l3", "1500m", "low", ", nodeSelector: {disk: d3}");
    cluster.advance(Duration.ofSeconds(5));
    claimCpu("p", "1", "high", "");
    cluster.advance(Duration.ofSeconds(1));

    JsonObject waiting = cluster.get("pods/p");
    assertThat(waiting.string("status", "nominatedNodeName")).isEqualTo("worker-3");
    assertThat(cluster.events("p"))
        .contains(
            "FailedScheduling: 0/4 nodes are available: " + TAINTED + ", 3 Insufficient cpu.");
    assertThat(ObjectMeta.isBeingDeleted(cluster.get("pods/l3"))).isTrue();
    assertThat(cluster.get("pods/l3").array("status", "conditions").objects())
        .anyMatch(
            c ->
                c.string("type").equals("DisruptionTarget")
                    && c.string("reason").equals("PreemptionByScheduler"));
    assertThat(cluster.events("l3"))
        .contains(
            "Preempted: Preempted by pod %s on node worker-3".formatted(ObjectMeta.uid(waiting)));
    cluster.until(c -> c.get("pods/p").string("status", "phase").equals("Running"));
    assertThat(cluster.names("pods")).containsExactlyInAnyOrder("m1", "m2", "p");
  }

  @Test
  void takesNobodyAwayForAPodThatMayNot() {
    priorityClass("polite", 100, "Never");
    for (int i = 1; i <= 3; i++) {
      container("full-" + i, "resources: {requests: {cpu: 1500m}}");
    }
    cluster.advance(Duration.ofSeconds(1));
    claimCpu("p", "1", "polite", "");

    assertThat(refusal("p"))
        .isEqualTo(
            "0/4 nodes are available: "
                + TAINTED
                + ", 3 Insufficient cpu. no new claims to deallocate, preemption: not eligible due"
                + " to preemptionPolicy=Never.");
  }

  @Test
  void sparesPodsThatABudgetProtects() {
    priorityClass("high", 100, "PreemptLowerPriority");
    cluster.create(
        "policy/poddisruptionbudgets",
        """
        {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: b}, spec: {
          maxUnavailable: 0, selector: {matchExpressions: [{key: app, operator: In, values: [full-1, full-2]}]}}}
        """);
    for (int i = 1; i <= 3; i++) {
      pod(
          "full-" + i,
          "resources: {requests: {cpu: 1500m}}",
          ", nodeSelector: {disk: d%d}".formatted(i));
    }
    cluster.advance(Duration.ofSeconds(5));
    claimCpu("p", "1", "high", "");
    cluster.until(c -> c.get("pods/p").string("status", "phase").equals("Running"));

    assertThat(node("p")).isEqualTo("worker-3");
  }

  @Test
  void looksAtTheMostImportantPodFirst() {
    priorityClass("high", 100, "Never");
    for (int i = 1; i <= 3; i++) {
      container("full-" + i, "resources: {requests: {cpu: 1500m}}");
    }
    container("ordinary", "resources: {requests: {cpu: 1}}");
    claimCpu("important", "1", "high", "");
    cluster.advance(Duration.ofSeconds(5));
    cluster.delete("pods/full-1");
    cluster.advance(Duration.ofSeconds(20));

    assertThat(node("important")).isNotEmpty();
    assertThat(node("ordinary")).isEmpty();
  }

  @Test
  void leavesAGatedPodAlone() {
    spec("p", "app: p", "schedulingGates: [{name: example.com/wait}]");
    cluster.advance(Duration.ofSeconds(5));
    assertThat(node("p")).isEmpty();
    assertThat(cluster.get("pods/p").array("status", "conditions").objects())
        .anyMatch(c -> c.string("reason").equals("SchedulingGated"));
    cluster.patch("pods/p", "{\"spec\":{\"schedulingGates\":[]}}");

    assertThat(node("p")).startsWith("worker-");
  }

  @Test
  void putsAPodWhereItsVolumeIs() {
    cluster.create(
        "persistentvolumes",
        """
        {apiVersion: v1, kind: PersistentVolume, metadata: {name: local}, spec: {
          capacity: {storage: 1Gi}, accessModes: [ReadWriteOncePod], storageClassName: manual,
          hostPath: {path: /tmp/x}, nodeAffinity: {required: {nodeSelectorTerms: [
            {matchExpressions: [{key: disk, operator: In, values: [d2]}]}]}}}}
        """);
    cluster.create(
        "persistentvolumeclaims",
        """
        {apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: claim}, spec: {
          accessModes: [ReadWriteOncePod], storageClassName: manual,
          resources: {requests: {storage: 1Gi}}}}
        """);
    String volumes = "volumes: [{name: v, persistentVolumeClaim: {claimName: claim}}]";
    spec("p", "app: p", volumes);
    cluster.advance(Duration.ofSeconds(20));
    assertThat(node("p")).isEqualTo("worker-2");
    spec("second", "app: p", volumes);
    assertThat(refusal("second"))
        .contains(
            "3 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod"
                + " access mode");
    cluster.delete("pods/p");
    cluster.delete("pods/second");
    cluster.advance(Duration.ofSeconds(5));
    spec("elsewhere", "app: p", volumes + ", nodeSelector: {zone: b}");

    assertThat(refusal("elsewhere"))
        .contains("1 node(s) didn't match PersistentVolume's node affinity");
  }
}
