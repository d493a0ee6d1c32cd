package dev.drydock.cluster.admission.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.admission.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private static final String HOOKS =
      "admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
  private static final String CONFIG_MAPS = "v1/namespaces/default/configmaps";
  private static final String FAILED =
      "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook:"
          + " Post \"https://hook.default.svc:443/check?timeout=10s\": ";

  private final TestServer server = new TestServer();

  @AfterEach
  void closes() {
    server.close();
  }

  private static String hook(String more) {
    return """
    metadata: {name: h}
    webhooks:
      - name: a.example.com
        admissionReviewVersions: [v1]
        sideEffects: None
        clientConfig: {service: {name: hook, namespace: default, path: /check}}
        rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
    """
        + more.indent(4);
  }

  private ApiResponse configMap() {
    return server.post(CONFIG_MAPS, "metadata: {generateName: c-}");
  }

  @Test
  void failsAsIfNobodyAnswered() {
    server.create(HOOKS, hook(""));

    ApiResponse refused = configMap();
    assertThat(refused.status()).isEqualTo(500);
    assertThat(TestServer.refused(refused)).isEqualTo(FAILED + "service \"hook\" not found");

    server.create(
        "v1/namespaces/default/services", "metadata: {name: hook}\nspec: {ports: [{port: 443}]}");
    assertThat(TestServer.refused(configMap()))
        .isEqualTo(FAILED + "no endpoints available for service \"hook\"");
    assertThat(server.delete(HOOKS + "/h").status()).isEqualTo(200);
    assertThat(configMap().status()).isEqualTo(201);
  }

  @Test
  void letsRequestsPassThatDoNotMatchOrMayFail() {
    server.create(HOOKS, hook("matchConditions: [{name: never, expression: 'false'}]"));
    assertThat(configMap().status()).isEqualTo(201);

    server.delete(HOOKS + "/h");
    server.create(HOOKS, hook("failurePolicy: Ignore"));
    assertThat(configMap().status()).isEqualTo(201);
  }

  @Test
  void refusesWhatNoServerCouldBeAsked() {
    assertThat(server.refusal(HOOKS, "metadata: {name: h}\nwebhooks: [{name: short}]"))
        .isEqualTo(
            "ValidatingWebhookConfiguration.admissionregistration.k8s.io \"h\" is invalid:"
                + " [webhooks[0].name: Invalid value: \"short\": should be a domain with at least"
                + " three segments separated by dots, webhooks[0].sideEffects: Required value: must"
                + " specify one of None, NoneOnDryRun, webhooks[0].admissionReviewVersions: Required"
                + " value: must specify one of v1, v1beta1, webhooks[0].clientConfig: Required"
                + " value: exactly one of url or service is required]");
  }
}
