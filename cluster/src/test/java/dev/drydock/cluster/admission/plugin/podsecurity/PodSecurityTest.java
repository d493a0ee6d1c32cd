package dev.drydock.cluster.admission.plugin.podsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodSecurityTest {
  private static final String NAMESPACE = "v1/namespaces/default";
  private static final String LABEL =
      "{\"metadata\": {\"labels\": {\"pod-security.kubernetes.io/%s\": \"%s\"}}}";
  private static final String PRIVILEGED =
      """
      metadata: {name: p}
      spec: {containers: [{name: c, image: nginx, securityContext: {privileged: true}}]}
      """;

  private final TestServer server = new TestServer();

  @AfterEach
  void closes() {
    server.close();
  }

  private void label(String mode, String value) {
    assertThat(server.patch(NAMESPACE, LABEL.formatted(mode, value)).status()).isEqualTo(200);
  }

  @Test
  void refusesPodsThatViolateTheEnforcedLevel() {
    label("enforce", "baseline");
    label("enforce-version", "v1.30");

    assertThat(server.refusal(NAMESPACE + "/pods", PRIVILEGED))
        .isEqualTo(
            "pods \"p\" is forbidden: violates PodSecurity \"baseline:v1.30\": privileged (container"
                + " \"c\" must not set securityContext.privileged=true)");
    server.create(
        NAMESPACE + "/pods", "metadata: {name: q}\nspec: {containers: [{name: c, image: nginx}]}");
  }

  @Test
  void onlyWarnsOfPodsAndTemplatesOtherwise() {
    label("warn", "baseline");
    String warning =
        "would violate PodSecurity \"baseline:latest\": privileged (container \"c\" must not set"
            + " securityContext.privileged=true)";

    assertThat(server.post(NAMESPACE + "/pods", PRIVILEGED).warnings()).containsExactly(warning);
    assertThat(
            server
                .post(
                    "batch/v1/namespaces/default/cronjobs",
                    """
                    metadata: {name: nightly}
                    spec:
                      schedule: "0 0 * * *"
                      jobTemplate:
                        spec:
                          template:
                            spec:
                              restartPolicy: Never
                              containers:
                                - {name: c, image: nginx, securityContext: {privileged: true}}
                    """)
                .warnings())
        .containsExactly(warning);
  }

  @Test
  void warnsOfPodsThatAreThereWhenTheLevelRises() {
    server.create(NAMESPACE + "/pods", PRIVILEGED);
    server.create(NAMESPACE + "/pods", PRIVILEGED.replace("name: p", "name: a"));

    assertThat(server.patch(NAMESPACE, LABEL.formatted("enforce", "baseline")).warnings())
        .containsExactly(
            "existing pods in namespace \"default\" violate the new PodSecurity enforce level"
                + " \"baseline:latest\"",
            "a (and 1 other pod): privileged");
    assertThat(server.patch(NAMESPACE, LABEL.formatted("enforce", "privileged")).warnings())
        .isEmpty();
  }

  @Test
  void refusesLabelsItCannotRead() {
    assertThat(TestServer.refused(server.patch(NAMESPACE, LABEL.formatted("enforce", "strict"))))
        .isEqualTo(
            "Namespace \"default\" is invalid:"
                + " metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\":"
                + " must be one of privileged, baseline, restricted");
  }

  @Test
  void looksAtEphemeralContainers() {
    server.create(
        NAMESPACE + "/pods", "metadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}");
    label("enforce", "baseline");

    assertThat(
            TestServer.refused(
                server.patch(
                    NAMESPACE + "/pods/p/ephemeralcontainers",
                    """
                    {"spec": {"ephemeralContainers": [{"name": "e", "image": "busybox",
                      "securityContext": {"privileged": true}}]}}
                    """)))
        .contains("violates PodSecurity \"baseline:latest\": privileged (container \"e\"");
  }
}
