package dev.drydock.cluster.admission.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.admission.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidatingAdmissionPoliciesTest {
  private static final String GROUP = "admissionregistration.k8s.io/v1/";
  private static final String POLICIES = GROUP + "validatingadmissionpolicies";
  private static final String BINDINGS = GROUP + "validatingadmissionpolicybindings";
  private static final String CONFIG_MAPS = "v1/namespaces/default/configmaps";
  private static final String DENIED =
      "configmaps \"c\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ";

  private final TestServer server = new TestServer();

  @AfterEach
  void closes() {
    server.close();
  }

  /// @param spec the policy's spec without its constraints, as YAML
  private void policy(String spec) {
    server.create(POLICIES, manifest(spec));
  }

  private static String manifest(String spec) {
    return """
    metadata: {name: p}
    spec:
      matchConstraints:
        resourceRules:
          - apiGroups: [""]
            apiVersions: [v1]
            operations: [CREATE, UPDATE, DELETE]
            resources: [configmaps]
    """
        + spec.indent(2);
  }

  private void bind(String more) {
    server.create(
        BINDINGS,
        "metadata: {name: b}\nspec:\n  policyName: p\n  validationActions: [Deny]\n"
            + more.indent(2));
  }

  private ApiResponse configMap(String data) {
    return server.post(CONFIG_MAPS, "metadata: {name: c}\ndata: " + data);
  }

  @Test
  void refusesWhatAnExpressionRefuses() {
    policy("validations: [{expression: 'object.data.color != \"red\"'}]");
    bind("");

    ApiResponse refused = configMap("{color: red}");

    assertThat(refused.status()).isEqualTo(422);
    assertThat(TestServer.refused(refused))
        .isEqualTo(DENIED + "failed expression: object.data.color != \"red\"");
    assertThat(refused.object().string("reason")).isEqualTo("Invalid");
    assertThat(configMap("{color: blue}").status()).isEqualTo(201);
  }

  @Test
  void saysWhatThePolicysAuthorSays() {
    policy(
        """
        variables:
          - {name: color, expression: "object.data.color"}
          - {name: broken, expression: "object.data.nope"}
        validations:
          - expression: "variables.color != 'red'"
            messageExpression: "'not ' + variables.color"
            reason: Forbidden
        """);
    bind("");

    ApiResponse refused = configMap("{color: red}");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(TestServer.refused(refused)).isEqualTo(DENIED + "not red");
  }

  @Test
  void failsAsItsFailurePolicySays() {
    policy("validations: [{expression: 'object.data.nope == \"x\"'}]");
    bind("");

    assertThat(TestServer.refused(configMap("{color: red}")))
        .isEqualTo(
            DENIED + "expression 'object.data.nope == \"x\"' resulted in error: no such key: nope");

    assertThat(
            server.patch(POLICIES + "/p", "{\"spec\": {\"failurePolicy\": \"Ignore\"}}").status())
        .isEqualTo(200);
    assertThat(configMap("{color: red}").status()).isEqualTo(201);
  }

  @Test
  void onlyWarnsWhenTheBindingSaysSo() {
    policy("validations: [{expression: 'false', message: never}]");
    bind("");
    assertThat(
            server
                .patch(
                    BINDINGS + "/b", "{\"spec\": {\"validationActions\": [\"Warn\", \"Audit\"]}}")
                .status())
        .isEqualTo(200);

    ApiResponse answer = configMap("{}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.warnings())
        .containsExactly(
            "Validation failed for ValidatingAdmissionPolicy 'p' with binding 'b': never");
  }

  @Test
  void readsParametersOfTheBinding() {
    policy(
        """
        paramKind: {apiVersion: v1, kind: Secret}
        validations: [{expression: "params.type == 'Opaque'"}]
        """);
    bind("paramRef: {name: s, parameterNotFoundAction: Deny}");

    assertThat(TestServer.refused(configMap("{}")))
        .isEqualTo(
            DENIED
                + "failed to configure binding: no params found for policy binding with `Deny`"
                + " parameterNotFoundAction");
    server.create("v1/namespaces/default/secrets", "metadata: {name: s}");
    assertThat(configMap("{}").status()).isEqualTo(201);
  }

  @Test
  void looksOnlyAtRequestsThatMatch() {
    policy(
        """
        matchConditions: [{name: big, expression: "has(object.data) && 'big' in object.data"}]
        validations: [{expression: "false"}]
        """);
    bind("matchResources: {objectSelector: {matchLabels: {checked: here}}}");

    assertThat(configMap("{big: one}").status()).isEqualTo(201);
    String labelled = "metadata: {name: %s, labels: {checked: here}}\ndata: %s";
    assertThat(server.post(CONFIG_MAPS, labelled.formatted("d", "{}")).status()).isEqualTo(201);
    assertThat(server.post(CONFIG_MAPS, labelled.formatted("e", "{big: one}")).status())
        .isEqualTo(422);
  }

  @Test
  void seesTheRequestItsNamespaceAndWhoMayDoWhat() {
    policy(
        """
        validations:
          - expression: "request.operation == 'DELETE' ? object == null : oldObject == null"
          - expression: "request.userInfo.username == 'kubernetes-admin' && request.name == 'c'"
          - expression: "namespaceObject.metadata.name == request.namespace"
          - expression: "request.kind.kind == 'ConfigMap' && !request.dryRun"
          - expression: "authorizer.group('apps').resource('deployments').check('get').allowed()"
          - expression: "authorizer.requestResource.check('delete').allowed()"
          - expression: >-
              !authorizer.serviceAccount('default', 'default').group('').resource('pods')
              .namespace('default').check('list').allowed()
        """);
    bind("");

    assertThat(configMap("{}").text()).contains("\"kind\":\"ConfigMap\"");
    assertThat(server.delete(CONFIG_MAPS + "/c").status()).isEqualTo(200);
  }

  @Test
  void endsWhatCostsTooMuch() {
    String ten = "[1,2,3,4,5,6,7,8,9,10]";
    policy(
        """
        validations:
          - expression: "%s.all(a, %s.all(b, %s.all(c, %s.all(d, %s.all(e, %s.all(f, f > 0))))))"
        """
            .formatted(ten, ten, ten, ten, ten, ten));
    bind("");

    assertThat(TestServer.refused(configMap("{}")))
        .endsWith("resulted in error: operation cancelled: actual cost limit exceeded");
  }

  @Test
  void refusesExpressionsThatAreNone() {
    assertThat(
            server.refusal(
                POLICIES,
                manifest(
                    """
                    variables: [{name: x, expression: "1"}, {name: w, expression: "variables.z"}]
                    validations: [{expression: "objct.spec"}, {expression: "variables.x"}]
                    """)))
        .isEqualTo(
            """
            ValidatingAdmissionPolicy.admissionregistration.k8s.io "p" is invalid: \
            [spec.variables[1].expression: Invalid value: "variables.z": compilation failed: \
            ERROR: <input>:1:10: undefined field 'z'
             | variables.z
             | .........^, spec.validations[0].expression: Invalid value: "objct.spec": compilation \
            failed: ERROR: <input>:1:1: undeclared reference to 'objct' (in container '')
             | objct.spec
             | ^, spec.validations[1].expression: Invalid value: "variables.x": must evaluate to \
            bool but got int]""");
  }

  @Test
  void refusesBindingsThatMakeNoSense() {
    assertThat(
            server.refusal(
                BINDINGS,
                "metadata: {name: b}\nspec: {policyName: p, paramRef: {}, validationActions: []}"))
        .isEqualTo(
            "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io \"b\" is invalid:"
                + " [spec.paramRef: Required value: one of name or selector must be specified,"
                + " spec.paramRef.parameterNotFoundAction: Required value,"
                + " spec.validationActions: Required value: at least one validation action is"
                + " required]");
  }

  @Test
  void tellsInItsStatusThatItWasSeen() {
    policy("validations: [{expression: 'true'}]");

    server.until(s -> s.get(POLICIES + "/p").integer(0, "status", "observedGeneration") == 1);
  }
}
