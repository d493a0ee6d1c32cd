package dev.drydock.cluster.admission.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final String GROUP = "admissionregistration.k8s.io/v1/";

  @Test
  void policiesMayRefuseTerminalsInPods() {
    try (TestServer server = new TestServer()) {
      server.create(
          "v1/namespaces/default/pods",
          "metadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}");
      server.create(
          GROUP + "validatingadmissionpolicies",
          """
          metadata: {name: quiet}
          spec:
            matchConstraints:
              resourceRules:
                - apiGroups: [""]
                  apiVersions: [v1]
                  operations: [CONNECT]
                  resources: [pods/exec]
            validations: [{expression: "!has(object.tty) || !object.tty", message: no terminals}]
          """);
      server.create(
          GROUP + "validatingadmissionpolicybindings",
          "metadata: {name: b}\nspec: {policyName: quiet, validationActions: [Deny]}");

      assertThat(
              server.get("v1/namespaces/default/pods/p/exec?command=sh&tty=true").string("message"))
          .isEqualTo(
              "pods \"p\" is forbidden: ValidatingAdmissionPolicy 'quiet' with binding 'b' denied"
                  + " request: no terminals");
    }
  }
}
