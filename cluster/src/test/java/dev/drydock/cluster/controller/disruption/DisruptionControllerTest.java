package dev.drydock.cluster.controller.disruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Disruption budgets, and evictions that respect them.
final class DisruptionControllerTest {
  private static final String PODS = "/api/v1/namespaces/default/pods";
  private static final String BUDGETS = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(
          ClusterOptions.named(
              "kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 23));

  @BeforeEach
  void runsThreePods() {
    post(
        "/apis/apps/v1/namespaces/default/deployments",
        """
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
        """);
    cluster.advance(Duration.ofSeconds(15));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private ApiResponse post(String path, String body) {
    return cluster.request(ApiRequest.of("POST", path, "application/yaml", body));
  }

  private void budget(String spec) {
    ApiResponse answer =
        post(
            BUDGETS,
            "metadata: {name: web}\nspec: {selector: {matchLabels: {app: web}}, %s}"
                .formatted(spec));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  private JsonObject status() {
    return cluster.request(ApiRequest.get(BUDGETS + "/web")).object().object("status");
  }

  private List<String> running() {
    return cluster
        .request(ApiRequest.get(PODS))
        .object()
        .array("items")
        .objects()
        .filter(pod -> !ObjectMeta.isBeingDeleted(pod))
        .map(ObjectMeta::name)
        .toList();
  }

  private ApiResponse evict(String pod) {
    return post(
        PODS + "/" + pod + "/eviction",
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}"
            .formatted(pod));
  }

  @ParameterizedTest
  @CsvSource({
    "minAvailable: 2, 2, 1",
    "minAvailable: 3, 3, 0",
    "minAvailable: 50%, 2, 1",
    "maxUnavailable: 1, 2, 1",
    "maxUnavailable: 50%, 1, 2",
    "maxUnavailable: 0, 3, 0"
  })
  void countsWhatMayBeDisrupted(String rule, long desired, long allowed) {
    budget(rule);

    assertThat(status().integer(-1, "expectedPods")).isEqualTo(3);
    assertThat(status().integer(-1, "currentHealthy")).isEqualTo(3);
    assertThat(status().integer(-1, "desiredHealthy")).isEqualTo(desired);
    assertThat(status().integer(-1, "disruptionsAllowed")).isEqualTo(allowed);
  }

  @Test
  void anEvictionThatWouldViolateABudgetIsRefused() {
    budget("minAvailable: 3");

    ApiResponse answer = evict(running().getFirst());

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.object().string("message"))
        .isEqualTo("Cannot evict pod as it would violate the pod's disruption budget.");
    assertThat(
            answer
                .object()
                .array("details", "causes")
                .objects()
                .findFirst()
                .orElseThrow()
                .string("message"))
        .isEqualTo("The disruption budget web needs 3 healthy pods and has 3 currently");
    assertThat(running()).hasSize(3);
  }

  @Test
  void anEvictionUsesTheBudgetUpUntilAnotherPodIsReady() {
    budget("minAvailable: 2");
    List<String> pods = running();

    assertThat(evict(pods.get(0)).status()).isEqualTo(201);
    assertThat(evict(pods.get(1)).status()).isEqualTo(429);

    cluster.advance(Duration.ofSeconds(45));
    assertThat(evict(pods.get(1)).status()).isEqualTo(201);
  }

  @Test
  void withoutABudgetEveryPodGoes() {
    running().forEach(pod -> assertThat(evict(pod).status()).isEqualTo(201));
  }

  @Test
  void twoBudgetsForOnePodAreTooMany() {
    budget("minAvailable: 1");
    post(BUDGETS, "metadata: {name: other}\nspec: {selector: {}, minAvailable: 1}");

    ApiResponse answer = evict(running().getFirst());

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.object().string("message"))
        .startsWith("This pod has more than one PodDisruptionBudget");
  }

  @Test
  void anEvictionForShowChangesNothing() {
    budget("minAvailable: 2");
    String pod = running().getFirst();

    assertThat(
            post(
                    PODS + "/" + pod + "/eviction?dryRun=All",
                    "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(pod))
                .status())
        .isEqualTo(201);
    assertThat(running()).hasSize(3);
    assertThat(status().integer(-1, "disruptionsAllowed")).isEqualTo(1);
  }
}
