package dev.drydock.cluster.controller.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.Cluster.ExecException;
import dev.drydock.cluster.ExecResult;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Services, their endpoints and their names.
final class EndpointsControllerTest {
  private static final String DEFAULT = "/api/v1/namespaces/default/";
  private static final String SLICES =
      "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(
          ClusterOptions.named(
              "kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 17));

  @BeforeEach
  void runsOnePodToAskFrom() {
    create(
        "pods",
        "client",
        "{\"containers\":[{\"name\":\"c\",\"image\":\"busybox\",\"command\":[\"sleep\",\"1000\"]}]}");
    cluster.advance(Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void create(String resource, String name, String spec) {
    post(
        DEFAULT + resource,
        "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"app\":\"%s\"}},\"spec\":%s}"
            .formatted(name, name, spec));
  }

  private void post(String path, String body) {
    ApiResponse answer = cluster.request(ApiRequest.of("POST", path, "application/yaml", body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private JsonObject get(String target) {
    return cluster.request(ApiRequest.get(target)).object();
  }

  private ExecResult exec(String... command) throws ExecException {
    return cluster.exec("default", "client", "c", List.of(command), Duration.ofMinutes(1));
  }

  @Test
  void endpointsFollowThePodsOfASelector() {
    create("services", "web", "{\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80}]}");
    create("pods", "web", "{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}");
    cluster.advance(Duration.ofSeconds(10));

    JsonObject endpoints = get(DEFAULT + "endpoints/web");
    JsonObject subset = endpoints.array("subsets").objects().findFirst().orElseThrow();
    JsonObject address = subset.array("addresses").objects().findFirst().orElseThrow();
    assertThat(address.string("targetRef", "name")).isEqualTo("web");
    assertThat(endpoints.string("metadata", "labels", "endpoints.kubernetes.io/managed-by"))
        .isEqualTo("endpoint-controller");

    cluster.request(ApiRequest.delete(DEFAULT + "services/web"));
    assertThat(cluster.request(ApiRequest.get(DEFAULT + "endpoints/web")).status()).isEqualTo(404);
  }

  @Test
  void endpointsMadeByHandAreMirrored() {
    create("services", "manual", "{\"ports\":[{\"port\":80}]}");
    post(
        DEFAULT + "endpoints",
        "{\"metadata\":{\"name\":\"manual\"},\"subsets\":[{\"addresses\":[{\"ip\":\"1.2.3.4\"}],\"ports\":[{\"port\":8080}]}]}");

    JsonObject slice =
        get(SLICES)
            .array("items")
            .objects()
            .filter(s -> s.string("metadata", "generateName").equals("manual-"))
            .findFirst()
            .orElseThrow();

    assertThat(slice.string("metadata", "labels", "endpointslice.kubernetes.io/managed-by"))
        .isEqualTo("endpointslicemirroring-controller.k8s.io");
    assertThat(
            slice
                .array("endpoints")
                .objects()
                .findFirst()
                .orElseThrow()
                .array("addresses")
                .strings())
        .containsExactly("1.2.3.4");
  }

  @Test
  void podsOfAHeadlessServiceHaveNamesOfTheirOwn() throws ExecException {
    create(
        "services",
        "peers",
        "{\"clusterIP\":\"None\",\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80}]}");
    create(
        "pods",
        "web",
        "{\"hostname\":\"first\",\"subdomain\":\"peers\",\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}");
    cluster.advance(Duration.ofSeconds(10));

    assertThat(exec("wget", "-qO-", "first.peers").stdout()).contains("nginx");
    assertThat(exec("wget", "-qO-", "second.peers").exitCode()).isNotZero();
  }

  @Test
  void anExternalNameLeadsToAnotherService() throws ExecException {
    create("services", "web", "{\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80}]}");
    create("pods", "web", "{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}");
    create(
        "services",
        "alias",
        "{\"type\":\"ExternalName\",\"externalName\":\"web.default.svc.cluster.local\"}");
    cluster.advance(Duration.ofSeconds(10));

    assertThat(exec("wget", "-qO-", "alias").stdout()).contains("nginx");
  }

  @Test
  void everyNodeAnswersOnANodePort() throws ExecException {
    create(
        "services",
        "web",
        "{\"type\":\"NodePort\",\"selector\":{\"app\":\"web\"},\"ports\":[{\"port\":80,\"nodePort\":30080}]}");
    create("pods", "web", "{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\"}]}");
    cluster.advance(Duration.ofSeconds(10));

    assertThat(exec("wget", "-qO-", "172.18.0.2:30080").stdout()).contains("nginx");
  }

  @Test
  void withoutCorednsNoNameIsFound() throws ExecException {
    assertThat(exec("nslookup", "kubernetes.default").exitCode()).isZero();

    cluster.request(
        ApiRequest.of(
            "PATCH",
            "/apis/apps/v1/namespaces/kube-system/deployments/coredns",
            ApiRequest.MERGE_PATCH,
            "{\"spec\":{\"replicas\":0}}"));
    cluster.advance(Duration.ofSeconds(40));

    assertThat(exec("nslookup", "kubernetes.default").stdout())
        .contains("no servers could be reached");
  }
}
