package dev.drydock.cluster.apiserver.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.admission.TestServer;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScaleHandlerTest {
  private static final String WEB = "apps/v1/namespaces/default/deployments/web";
  private static final String SCALE = WEB + "/scale";

  private final TestServer server = new TestServer();

  @BeforeEach
  void createsADeployment() {
    server.create(
        "apps/v1/namespaces/default/deployments",
        """
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}, matchExpressions: [{key: x, operator: Exists}]}
          template:
            metadata: {labels: {app: web, x: z}}
            spec: {containers: [{name: c, image: nginx}]}
        """);
  }

  @AfterEach
  void closes() {
    server.close();
  }

  @Test
  void showsReplicasAndSelector() {
    JsonObject scale = server.get(SCALE);

    assertThat(scale.string("kind")).isEqualTo("Scale");
    assertThat(scale.string("apiVersion")).isEqualTo("autoscaling/v1");
    assertThat(scale.integer(0, "spec", "replicas")).isEqualTo(2);
    assertThat(scale.string("status", "selector")).isEqualTo("app=web,x");
    assertThat(scale.string("metadata", "uid"))
        .isEqualTo(server.get(WEB).string("metadata", "uid"));
  }

  @Test
  void setsReplicasAndTellsWhoDid() {
    ApiResponse answer =
        server.patch(SCALE + "?fieldManager=kubectl", "{\"spec\": {\"replicas\": 5}}");

    assertThat(answer.object().integer(0, "spec", "replicas")).isEqualTo(5);
    JsonObject web = server.get(WEB);
    assertThat(web.integer(0, "spec", "replicas")).isEqualTo(5);
    assertThat(web.integer(0, "metadata", "generation")).isEqualTo(2);
    JsonObject manager =
        web.array("metadata", "managedFields")
            .objects()
            .filter(entry -> entry.string("subresource").equals("scale"))
            .findFirst()
            .orElseThrow();
    assertThat(manager.string("manager")).isEqualTo("kubectl");
    assertThat(manager.object("fieldsV1", "f:spec").fields().keySet())
        .containsExactly("f:replicas");
  }

  @Test
  void writesNothingInADryRun() {
    ApiResponse answer = server.patch(SCALE + "?dryRun=All", "{\"spec\": {\"replicas\": 5}}");

    assertThat(answer.object().integer(0, "spec", "replicas")).isEqualTo(5);
    assertThat(server.get(SCALE).integer(0, "spec", "replicas")).isEqualTo(2);
  }

  @Test
  void refusesInTheScalesName() {
    assertThat(TestServer.refused(server.patch(SCALE, "{\"spec\": {\"replicas\": -1}}")))
        .isEqualTo(
            "Scale.autoscaling \"web\" is invalid: spec.replicas: Invalid value: -1: must be greater"
                + " than or equal to 0");
    assertThat(TestServer.refused(server.patch(SCALE, "{\"metadata\": {\"uid\": \"other\"}}")))
        .startsWith(
            "Operation cannot be fulfilled on deployments/scale.apps \"web\": Precondition failed:"
                + " UID in precondition: other, UID in object meta: ");
    assertThat(
            TestServer.refused(server.patch(SCALE, "{\"metadata\": {\"resourceVersion\": \"1\"}}")))
        .isEqualTo(
            "Operation cannot be fulfilled on deployments.apps \"web\": the object has been"
                + " modified; please apply your changes to the latest version and try again");
  }

  @Test
  void appliesReplicasAndNamesTheConflict() {
    String scale =
        """
        apiVersion: autoscaling/v1
        kind: Scale
        metadata: {name: web}
        spec: {replicas: 4}
        """;
    String type = "application/apply-patch+yaml";

    assertThat(TestServer.refused(server.request("PATCH", SCALE + "?fieldManager=me", type, scale)))
        .startsWith("Apply failed with 1 conflict: conflict with ")
        .endsWith(": .spec.replicas");
    assertThat(
            server
                .request("PATCH", SCALE + "?fieldManager=me&force=true", type, scale)
                .object()
                .integer(0, "spec", "replicas"))
        .isEqualTo(4);
  }

  @Test
  void scalesReplicationControllers() {
    String path = "v1/namespaces/default/replicationcontrollers";
    server.create(
        path,
        """
        metadata: {name: old}
        spec:
          replicas: 0
          selector: {b: c, a: b}
          template:
            metadata: {labels: {a: b, b: c}}
            spec: {containers: [{name: c, image: nginx}]}
        """);

    JsonObject scale = server.get(path + "/old/scale");

    assertThat(scale.object("spec")).isEqualTo(JsonObject.EMPTY);
    assertThat(scale.string("status", "selector")).isEqualTo("a=b,b=c");
  }
}
