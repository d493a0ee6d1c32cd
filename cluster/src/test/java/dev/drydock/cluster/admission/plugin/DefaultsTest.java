package dev.drydock.cluster.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The plugins that fill in what an object leaves open.
class DefaultsTest {
  private static final String NAMESPACE = "v1/namespaces/default/";
  private static final String CLAIM =
      """
      metadata: {name: %s}
      spec: {accessModes: [ReadWriteOnce], %s resources: {requests: {storage: 1Gi}}}
      """;

  private final TestServer server = new TestServer();

  @AfterEach
  void closes() {
    server.close();
  }

  private JsonObject claim(String name, String more) {
    return server.create(NAMESPACE + "persistentvolumeclaims", CLAIM.formatted(name, more));
  }

  private String pod(String spec) {
    return "metadata: {name: p}\nspec: {%s containers: [{name: c, image: nginx}]}".formatted(spec);
  }

  @Test
  void givesClaimsTheDefaultStorageClass() {
    assertThat(claim("a", "").string("spec", "storageClassName")).isEqualTo("standard");
    assertThat(
            claim("b", "storageClassName: '',").object("spec").optionalString("storageClassName"))
        .contains("");
    assertThat(claim("c", "").array("metadata", "finalizers").strings())
        .containsExactly("kubernetes.io/pvc-protection");
  }

  @Test
  void givesIngressesTheDefaultClass() {
    server.create(
        "networking.k8s.io/v1/ingressclasses",
        """
        metadata: {name: web, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}
        spec: {controller: example.com/web}
        """);

    assertThat(
            server
                .create(
                    "networking.k8s.io/v1/namespaces/default/ingresses",
                    """
                    metadata: {name: i}
                    spec: {defaultBackend: {service: {name: s, port: {number: 80}}}}
                    """)
                .string("spec", "ingressClassName"))
        .isEqualTo("web");
  }

  private String grown(String claim) {
    return TestServer.refused(
        server.patch(
            NAMESPACE + "persistentvolumeclaims/" + claim,
            "{\"spec\": {\"resources\": {\"requests\": {\"storage\": \"2Gi\"}}}}"));
  }

  @Test
  void letsOnlyClaimsGrowWhoseClassLetsThem() {
    server.create(
        "v1/persistentvolumes",
        """
        metadata: {name: v}
        spec:
          storageClassName: manual
          accessModes: [ReadWriteOnce]
          capacity: {storage: 1Gi}
          hostPath: {path: /tmp/v}
        """);
    claim("a", "storageClassName: manual,");
    server.until(
        s ->
            s.get(NAMESPACE + "persistentvolumeclaims/a")
                .string("status", "phase")
                .equals("Bound"));

    assertThat(grown("a"))
        .isEqualTo(
            "persistentvolumeclaims \"a\" is forbidden: only dynamically provisioned pvc can be"
                + " resized and the storageclass that provisions the pvc must support resize");
    claim("b", "storageClassName: nosuch,");
    assertThat(grown("b")).contains("spec is immutable after creation");
  }

  @Test
  void letsMirrorPodsHaveNoAccount() {
    assertThat(
            server.refusal(
                NAMESPACE + "pods",
                """
                metadata: {name: m, annotations: {kubernetes.io/config.mirror: x}}
                spec: {serviceAccountName: default, containers: [{name: c, image: nginx}]}
                """))
        .endsWith("a mirror pod may not reference service accounts");
  }

  @Test
  void taintsNodesThatRegisterThemselvesByHand() {
    assertThat(
            server
                .create("v1/nodes", "metadata: {name: fake}")
                .array("spec", "taints")
                .objects()
                .map(taint -> taint.string("key") + ":" + taint.string("effect")))
        .containsExactly("node.kubernetes.io/not-ready:NoSchedule");
    assertThat(server.get("v1/nodes/kuar-control-plane").array("spec", "taints").objects())
        .isEmpty();
  }

  @Test
  void givesPodsWhatTheirRuntimeClassDemands() {
    String withClass = pod("runtimeClassName: kata,");
    assertThat(server.refusal(NAMESPACE + "pods", withClass))
        .isEqualTo("pods \"p\" is forbidden: pod rejected: RuntimeClass \"kata\" not found");
    server.create(
        "node.k8s.io/v1/runtimeclasses",
        """
        metadata: {name: kata}
        handler: kata
        overhead: {podFixed: {cpu: 250m}}
        scheduling: {nodeSelector: {kata: "yes"}}
        """);

    JsonObject pod = server.create(NAMESPACE + "pods", withClass);

    assertThat(pod.string("spec", "overhead", "cpu")).isEqualTo("250m");
    assertThat(pod.string("spec", "nodeSelector", "kata")).isEqualTo("yes");
  }

  @Test
  void letsPodsSayOnlyThePriorityTheyHave() {
    assertThat(server.refusal(NAMESPACE + "pods", pod("priority: 7,")))
        .isEqualTo(
            "pods \"p\" is forbidden: the integer value of priority (7) must not be provided in pod"
                + " spec; priority admission controller computed 0 from the given PriorityClass"
                + " name");
    String classes = "scheduling.k8s.io/v1/priorityclasses";
    server.create(classes, "metadata: {name: a}\nvalue: 1\nglobalDefault: true");
    assertThat(server.refusal(classes, "metadata: {name: b}\nvalue: 1\nglobalDefault: true"))
        .isEqualTo(
            "priorityclasses.scheduling.k8s.io \"b\" is forbidden: PriorityClass a is already"
                + " marked as default. Only one default can exist");
  }
}
