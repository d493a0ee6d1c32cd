package dev.drydock.cluster.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitRangerTest {
  private static final String PODS = "v1/namespaces/default/pods";

  private final TestServer server = new TestServer();

  @AfterEach
  void closes() {
    server.close();
  }

  private void limit(String limits) {
    server.create(
        "v1/namespaces/default/limitranges",
        "metadata: {name: r}\nspec: {limits: [" + limits + "]}");
  }

  private static String pod(String resources) {
    return "metadata: {name: p}\nspec: {containers: [{name: c, image: nginx, resources: %s}]}"
        .formatted(resources);
  }

  private String refusal(String resources) {
    return server.refusal(PODS, pod(resources));
  }

  @Test
  void fillsInDefaultsAndTellsSo() {
    limit("{type: Container, default: {cpu: 500m, memory: 1Gi}, defaultRequest: {cpu: 100m}}");

    JsonObject pod =
        server.create(
            PODS,
            """
            metadata: {name: p}
            spec:
              initContainers: [{name: i, image: nginx, resources: {limits: {cpu: 1}}}]
              containers: [{name: c, image: nginx}]
            """);

    JsonObject container = pod.array("spec", "containers").objects().findFirst().orElseThrow();
    assertThat(JsonWriter.string(container.object("resources")))
        .isEqualTo(
            "{\"requests\":{\"cpu\":\"100m\",\"memory\":\"1Gi\"},"
                + "\"limits\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"}}");
    assertThat(pod.string("metadata", "annotations", "kubernetes.io/limit-ranger"))
        .isEqualTo(
            "LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for"
                + " container c; memory request for init container i; memory limit for init"
                + " container i");
  }

  @Test
  void holdsContainersToTheirBounds() {
    limit(
        "{type: Container, min: {memory: 64Mi}, max: {cpu: 1}, maxLimitRequestRatio: {memory: 2}}");

    assertThat(refusal("{limits: {cpu: 2, memory: 64Mi}}"))
        .isEqualTo("pods \"p\" is forbidden: maximum cpu usage per Container is 1, but limit is 2");
    assertThat(refusal("{requests: {memory: 32Mi}, limits: {cpu: 2, memory: 128Mi}}"))
        .isEqualTo(
            "pods \"p\" is forbidden: [minimum memory usage per Container is 64Mi, but request is"
                + " 32Mi, maximum cpu usage per Container is 1, but limit is 2, memory max limit to"
                + " request ratio per Container is 2, but provided ratio is 4.000000]");
    assertThat(refusal("{requests: {memory: 64Mi}}"))
        .isEqualTo(
            "pods \"p\" is forbidden: memory max limit to request ratio per Container is 2, but no"
                + " limit is specified or limit is 0");
    server.create(PODS, pod("{limits: {cpu: 1, memory: 64Mi}}"));
  }

  @Test
  void holdsPodsToTheirSum() {
    limit("{type: Pod, max: {memory: 1Gi, cpu: 1}}");
    String two =
        """
        metadata: {name: p}
        spec:
          containers:
            - {name: a, image: nginx, resources: {limits: {cpu: 600m, memory: 1Gi}}}
            - {name: b, image: nginx, resources: {limits: {cpu: 600m, memory: 1Gi}}}
        """;

    assertThat(server.refusal(PODS, two))
        .isEqualTo(
            "pods \"p\" is forbidden: [maximum cpu usage per Pod is 1, but limit is 1200m, maximum"
                + " memory usage per Pod is 1Gi, but limit is 2147483648]");
    assertThat(refusal("{limits: {cpu: 1}}"))
        .isEqualTo(
            "pods \"p\" is forbidden: maximum memory usage per Pod is 1Gi.  No limit is specified");
  }

  @Test
  void holdsClaimsToTheirSize() {
    limit("{type: PersistentVolumeClaim, min: {storage: 1Gi}, max: {storage: 2Gi}}");
    String claims = "v1/namespaces/default/persistentvolumeclaims";
    String claim =
        """
        metadata: {name: data}
        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: %s}}}
        """;

    assertThat(server.refusal(claims, claim.formatted("3Gi")))
        .isEqualTo(
            "persistentvolumeclaims \"data\" is forbidden: maximum storage usage per"
                + " PersistentVolumeClaim is 2Gi, but request is 3Gi");
    assertThat(server.refusal(claims, claim.formatted("1Mi")))
        .endsWith("minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi");
    server.create(claims, claim.formatted("2Gi"));
  }
}
