package dev.drydock.cluster.admission.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ResourceQuotaTest {
  private static final String NAMESPACE = "v1/namespaces/default/";
  private static final String QUOTAS = NAMESPACE + "resourcequotas";

  private final TestServer server = new TestServer();

  @AfterEach
  void closes() {
    server.close();
  }

  private void quota(String spec) {
    server.create(QUOTAS, "metadata: {name: q}\nspec: " + spec);
  }

  private String used(String name) {
    return server.get(QUOTAS + "/q").string("status", "used", name);
  }

  private static String pod(String name, String more) {
    return "metadata: {name: %s}\nspec: {containers: [{name: c, image: nginx%s}]}"
        .formatted(name, more);
  }

  private void createPod(String name, String more) {
    server.create(NAMESPACE + "pods", pod(name, more));
  }

  private String refusedPod(String name, String more) {
    return server.refusal(NAMESPACE + "pods", pod(name, more));
  }

  @Test
  void chargesPodsAndRefusesWhatIsTooMuch() {
    quota("{hard: {pods: 1, requests.memory: 1Gi}}");
    assertThat(used("pods")).isEqualTo("0");

    createPod("a", ", resources: {requests: {memory: 256Mi}}");

    assertThat(used("pods")).isEqualTo("1");
    assertThat(used("requests.memory")).isEqualTo("256Mi");
    assertThat(refusedPod("b", ", resources: {requests: {memory: 1Gi}}"))
        .isEqualTo(
            "pods \"b\" is forbidden: exceeded quota: q, requested: pods=1,requests.memory=1Gi,"
                + " used: pods=1,requests.memory=256Mi, limited: pods=1,requests.memory=1Gi");
    server.delete(NAMESPACE + "pods/a?gracePeriodSeconds=0");
    assertThat(used("pods")).isEqualTo("0");
    createPod("b", ", resources: {requests: {memory: 1Gi}}");
  }

  @Test
  void demandsWhatItLimits() {
    quota("{hard: {limits.cpu: 1, requests.memory: 1Gi, requests.nvidia.com/gpu: 1}}");

    assertThat(refusedPod("a", ""))
        .isEqualTo(
            "pods \"a\" is forbidden: failed quota: q: must specify limits.cpu for: c;"
                + " requests.memory for: c");
  }

  @Test
  void chargesNothingForARequestThatFailsOrIsDry() {
    quota("{hard: {pods: 2, configmaps: 9, count/configmaps: 9}}");
    createPod("a", "");
    server.refusal(NAMESPACE + "pods", pod("a", ""));
    server.post(NAMESPACE + "pods?dryRun=All", pod("b", ""));

    assertThat(used("pods")).isEqualTo("1");
    // kube-root-ca.crt counts too
    assertThat(used("configmaps")).isEqualTo("1");
    server.create(NAMESPACE + "configmaps", "metadata: {name: c}");
    assertThat(used("count/configmaps")).isEqualTo("2");
  }

  @Test
  void countsServicesByWhatTheyTake() {
    quota("{hard: {services: 9, services.nodeports: 1, services.loadbalancers: 0}}");
    String services = NAMESPACE + "services";
    String service = "metadata: {name: %s}\nspec: {type: %s, ports: [{port: 80}]}";

    server.create(services, service.formatted("a", "ClusterIP"));
    assertThat(server.refusal(services, service.formatted("b", "LoadBalancer")))
        .isEqualTo(
            "services \"b\" is forbidden: exceeded quota: q, requested: services.loadbalancers=1,"
                + " used: services.loadbalancers=0, limited: services.loadbalancers=0");
    assertThat(server.patch(services + "/a", "{\"spec\": {\"type\": \"NodePort\"}}").status())
        .isEqualTo(200);
    assertThat(used("services.nodeports")).isEqualTo("1");
  }

  @Test
  void countsClaimsByClass() {
    quota(
        "{hard: {requests.storage: 10Gi, gold.storageclass.storage.k8s.io/requests.storage: 1Gi,"
            + " persistentvolumeclaims: 5}}");

    assertThat(
            server.refusal(
                NAMESPACE + "persistentvolumeclaims",
                """
                metadata: {name: data}
                spec:
                  storageClassName: gold
                  accessModes: [ReadWriteOnce]
                  resources: {requests: {storage: 2Gi}}
                """))
        .endsWith(
            "exceeded quota: q, requested: gold.storageclass.storage.k8s.io/requests.storage=2Gi,"
                + " used: gold.storageclass.storage.k8s.io/requests.storage=0, limited:"
                + " gold.storageclass.storage.k8s.io/requests.storage=1Gi");
  }

  @Test
  void looksOnlyAtPodsInItsScopes() {
    quota("{hard: {pods: 0}, scopes: [BestEffort, NotTerminating]}");

    createPod("burstable", ", resources: {requests: {cpu: 1m}}");
    assertThat(refusedPod("best", "")).contains("exceeded quota: q, requested: pods=1");
    server.create(
        NAMESPACE + "pods",
        "metadata: {name: ends}\n"
            + "spec: {activeDeadlineSeconds: 9, containers: [{name: c, image: nginx}]}");
  }

  @Test
  void looksOnlyAtPodsOfSomePriority() {
    server.create("scheduling.k8s.io/v1/priorityclasses", "metadata: {name: high}\nvalue: 5");
    quota(
        "{hard: {pods: 0}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator:"
            + " In, values: [high]}]}}");

    createPod("plain", "");
    assertThat(
            server.refusal(
                NAMESPACE + "pods",
                "metadata: {name: h}\n"
                    + "spec: {priorityClassName: high, containers: [{name: c, image: nginx}]}"))
        .contains("exceeded quota");
  }

  @Test
  void tellsOwnersWhyTheirPodsAreMissing() {
    quota("{hard: {pods: 1, count/deployments.apps: 1}}");
    server.create(
        "apps/v1/namespaces/default/deployments",
        """
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
        """);

    assertThat(used("pods")).isEqualTo("1");
    assertThat(used("count/deployments.apps")).isEqualTo("1");
    assertThat(
            server
                .get(NAMESPACE + "events")
                .array("items")
                .objects()
                .filter(event -> event.string("reason").equals("FailedCreate"))
                .map(event -> event.string("message")))
        .anyMatch(
            message ->
                message.startsWith("Error creating: pods \"web-")
                    && message.endsWith(
                        "is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited:"
                            + " pods=1"));
  }
}
