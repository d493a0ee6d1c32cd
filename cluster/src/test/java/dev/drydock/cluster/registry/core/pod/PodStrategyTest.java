package dev.drydock.cluster.registry.core.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.TestRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStrategyTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        containers:
        - name: web
          image: nginx
          resources: {limits: {cpu: "0.5", memory: 1024Mi}}
          ports: [{containerPort: 80}]
          readinessProbe: {httpGet: {port: 80}}
      """;
  private static final String MAY_CHANGE =
      "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)\n";

  private final TestRegistry registry = new TestRegistry();

  @Test
  void fillsInWhatTheManifestLeavesOut() {
    JsonObject expected =
        TestRegistry.object(
            """
            containers:
            - name: web
              image: nginx
              imagePullPolicy: Always
              terminationMessagePath: /dev/termination-log
              terminationMessagePolicy: File
              ports: [{containerPort: 80, protocol: TCP}]
              readinessProbe:
                httpGet: {path: /, port: 80, scheme: HTTP}
                timeoutSeconds: 1
                periodSeconds: 10
                successThreshold: 1
                failureThreshold: 3
              resources:
                limits: {cpu: 500m, memory: 1Gi}
                requests: {cpu: 500m, memory: 1Gi}
            dnsPolicy: ClusterFirst
            enableServiceLinks: true
            restartPolicy: Always
            schedulerName: default-scheduler
            securityContext: {}
            terminationGracePeriodSeconds: 30
            """);
    JsonObject pod = registry.create(POD);
    assertThat(pod.object("spec")).isEqualTo(expected);
    assertThat(pod.object("status"))
        .isEqualTo(TestRegistry.object("{phase: Pending, qosClass: Guaranteed}"));
    assertThat(pod.integer(0, "metadata", "generation")).isEqualTo(1);
  }

  @Test
  void defaultingAgainChangesNothing() {
    JsonObject pod = registry.create(POD);
    assertThat(new PodStrategy().applyDefaults(pod)).isEqualTo(pod);
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, Always",
    "nginx:latest, Always",
    "nginx:1.27, IfNotPresent",
    "registry:5000/nginx, Always",
    "nginx@sha256:0123, IfNotPresent"
  })
  void pullsImagesThatMayChangeUnderTheirName(String image, String policy) {
    assertThat(ContainerDefaults.pullPolicy(image)).isEqualTo(policy);
  }

  @Test
  void givesVolumesTheirModesAndTypes() {
    JsonObject pod =
        registry.create(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers: [{name: c, image: nginx}]
              volumes:
              - name: a
              - {name: b, secret: {secretName: s}}
              - {name: c, hostPath: {path: /x}}
              - name: d
                downwardAPI: {items: [{path: p, fieldRef: {fieldPath: metadata.name}}]}
            """);
    assertThat(JsonObject.of("v", pod.array("spec", "volumes")))
        .isEqualTo(
            TestRegistry.object(
                """
                v:
                - {name: a, emptyDir: {}}
                - {name: b, secret: {secretName: s, defaultMode: 420}}
                - {name: c, hostPath: {path: /x, type: ""}}
                - name: d
                  downwardAPI:
                    defaultMode: 420
                    items: [{path: p, fieldRef: {apiVersion: v1, fieldPath: metadata.name}}]
                """));
  }

  @Test
  void takesHostPortsFromContainerPortsInTheHostsNetwork() {
    JsonObject pod =
        registry.create(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              hostNetwork: true
              containers: [{name: c, image: nginx, ports: [{containerPort: 80}]}]
            """);
    assertThat(pod.toString()).contains("hostPort=JsonNumber[value=80]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|BestEffort",
        "{requests: {cpu: 1}}|Burstable",
        "{limits: {cpu: 1, memory: 1Gi}}|Guaranteed",
        "{limits: {cpu: 1}}|Burstable",
        "{limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}}|Guaranteed"
      })
  void classifiesThePodByItsResources(String resources, String qosClass) {
    JsonObject pod =
        registry.create(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: c, image:"
                + " nginx, resources: "
                + resources
                + "}]}");
    assertThat(pod.string("status", "qosClass")).isEqualTo(qosClass);
  }

  @Test
  void requestsAsAWholeWhatItsContainersDoOrElseItsLimits() {
    JsonObject pod =
        registry.create(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              resources: {limits: {cpu: 2, memory: 1Gi}}
              containers:
              - {name: c, image: nginx, resources: {requests: {cpu: 500m}}}
              - {name: d, image: nginx, resources: {requests: {cpu: 250m}}}
            """);
    assertThat(pod.object("spec", "resources", "requests"))
        .isEqualTo(TestRegistry.object("{cpu: 750m, memory: 1Gi}"));
    assertThat(pod.string("status", "qosClass")).isEqualTo("Burstable");
  }

  @Test
  void mayChangeAnImageAndCountsIt() {
    JsonObject pod = registry.create(POD);
    JsonObject changed = registry.update(pod, old -> withImage(old, "busybox"));
    assertThat(changed.integer(0, "metadata", "generation")).isEqualTo(2);
  }

  private static JsonObject withImage(JsonObject pod, String image) {
    return pod.withObject(
        "spec",
        spec ->
            spec.with(
                "containers",
                spec.array("containers")
                    .map(item -> item instanceof JsonObject c ? c.with("image", image) : item)));
  }

  @Test
  void mayNotChangeWhereItRuns() {
    JsonObject pod = registry.create(POD);
    assertThat(registry.refusalOf(pod, old -> old.withAt(Json.of("other"), "spec", "nodeName")))
        .singleElement()
        .asString()
        .startsWith(MAY_CHANGE)
        .contains("- \"NodeName\": \"\",\n+ \"NodeName\": \"other\",");
  }

  @Test
  void mayNotAddContainers() {
    JsonObject pod = registry.create(POD);
    JsonObject another = TestRegistry.object("{name: x, image: busybox}");
    assertThat(
            registry.refusalOf(
                pod,
                old ->
                    old.withAt(
                        old.array("spec", "containers").plus(another), "spec", "containers")))
        .containsExactly(
            "spec.containers: Forbidden: pod updates may not add or remove containers");
  }

  @Test
  void keepsTolerationsButMayGetMore() {
    JsonObject pod = registry.create(POD);
    JsonArray one = JsonArray.of(TestRegistry.object("{key: a, operator: Exists}"));
    JsonObject tolerant = registry.update(pod, old -> old.withAt(one, "spec", "tolerations"));
    assertThat(
            registry.refusalOf(tolerant, old -> old.withAt(JsonArray.EMPTY, "spec", "tolerations")))
        .containsExactly(
            "spec.tolerations: Forbidden: existing toleration can not be modified except its"
                + " tolerationSeconds");
  }

  @Test
  void narrowsWhereAGatedPodMayGo() {
    JsonObject pod =
        registry.create(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              schedulingGates: [{name: example.com/wait}]
              nodeSelector: {disk: ssd}
              containers: [{name: c, image: nginx}]
            """);
    assertThat(pod.array("status", "conditions").size()).isEqualTo(1);
    JsonObject narrower =
        registry.update(pod, old -> old.withAt(Json.of("a"), "spec", "nodeSelector", "zone"));
    assertThat(narrower.string("spec", "nodeSelector", "zone")).isEqualTo("a");
    assertThat(
            registry.refusalOf(
                narrower, old -> old.withAt(Json.of("b"), "spec", "nodeSelector", "zone")))
        .hasSize(1);
  }

  @Test
  void goesAtOnceWhileItRunsNowhere() {
    JsonObject pod = registry.create(POD);
    assertThat(registry.delete(pod, "{}").gone()).isTrue();
  }

  @Test
  void getsItsGracePeriodOnANode() {
    JsonObject pod = registry.create(POD.replace("spec:", "spec:\n  nodeName: node-1"));
    JsonObject dying = registry.delete(pod, "{}").object();
    assertThat(dying.integer(0, "metadata", "deletionGracePeriodSeconds")).isEqualTo(30);
    assertThat(registry.delete(pod, "{gracePeriodSeconds: 0}").gone()).isTrue();
  }

  @Test
  void keepsEndedContainersEnded() {
    JsonObject pod = registry.create(POD.replace("spec:", "spec:\n  restartPolicy: Never"));
    String status =
        """
        phase: Running
        podIP: 10.244.0.5
        containerStatuses: [{name: web, state: {%s}}]
        """;
    JsonObject ended = registry.updateStatus(pod, status.formatted("terminated: {exitCode: 0}"));
    assertThat(ended.string("status", "qosClass")).isEqualTo("Guaranteed");
    assertThat(registry.selectableFields(ended).string("status.podIP")).isEqualTo("10.244.0.5");
    assertThat(registry.refusalOfStatus(ended, status.formatted("running: {startedAt: x}")))
        .containsExactly(
            "status.containerStatuses[0].state: Forbidden: may not be transitioned to"
                + " non-terminated state");
  }

  @Test
  void warnsOfWhatIsHardlyMeant() {
    assertThat(
            registry.warnings(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: my.pod}
                spec:
                  nodeSelector: {beta.kubernetes.io/os: linux}
                  containers:
                  - name: c
                    image: nginx
                    env: [{name: A, value: x}, {name: A, value: z}]
                    ports: [{containerPort: 80}, {containerPort: 80}]
                """))
        .containsExactly(
            "metadata.name: this is used in the Pod's hostname, which can result in surprising"
                + " behavior; a DNS label is recommended: [a lowercase RFC 1123 label must consist"
                + " of lower case alphanumeric characters or '-', and must start and end with an"
                + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')]",
            "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use"
                + " \"kubernetes.io/os\" instead",
            "spec.containers[0].env[1]: hides previous definition of \"A\", which may be dropped"
                + " when using apply",
            "spec.containers[0].ports[1]: duplicate port definition with"
                + " spec.containers[0].ports[0]");
  }

  @Test
  void addsEphemeralContainersButNeverChangesThem() {
    JsonObject pod = registry.create(POD);
    JsonObject debugged = registry.updateEphemeralContainers(pod, "[{name: d, image: busybox}]");
    assertThat(debugged.array("spec", "ephemeralContainers").size()).isEqualTo(1);
    assertThat(registry.refusalOfEphemeralContainers(debugged, "[]"))
        .containsExactly(
            "spec.ephemeralContainers: Forbidden: existing ephemeral containers \"d\" may not be"
                + " removed\n");
    assertThat(
            registry.refusalOfEphemeralContainers(
                pod, "[{name: d, image: busybox, ports: [{containerPort: 1}]}]"))
        .contains(
            "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral"
                + " Container");
  }

  @Test
  void refusesToWorkAsAServiceAccountWithoutOne() {
    String token =
        "volumes: [{name: t, projected: {sources: [{serviceAccountToken: {path: token}}]}}]";
    assertThat(registry.refusalOf(POD.replace("spec:", "spec:\n  " + token)))
        .isEqualTo(
            List.of(
                "spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be"
                    + " specified when serviceAccountName is not set"));
  }
}
