package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A definition makes a resource, which then behaves as every other.
final class CustomResourcesTest {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String CRONTABS = "/apis/stable.example.com/v1/namespaces/default/crontabs";
  private static final String YAML = "application/yaml";

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(
          ClusterOptions.named(
              "kuar", ClockKind.VIRTUAL, Instant.parse("2026-11-01T09:00:00Z"), 7));

  @BeforeEach
  void define() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/customresources/crontabs.yaml")) {
      String yaml = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(send("POST", DEFINITIONS, YAML, yaml).status()).isEqualTo(201);
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private ApiResponse send(String method, String path, String type, String body) {
    return cluster.request(ApiRequest.of(method, path, type, body));
  }

  private static String crontab(String spec) {
    return """
    apiVersion: stable.example.com/v1
    kind: CronTab
    metadata: {name: mine}
    spec: {%s}
    """
        .formatted(spec);
  }

  private ApiResponse create(String spec) {
    return send("POST", CRONTABS + "?fieldValidation=Strict", YAML, crontab(spec));
  }

  private ApiResponse merge(String path, String patch) {
    return send("PATCH", CRONTABS + path, ApiRequest.MERGE_PATCH, patch);
  }

  private static List<String> causes(ApiResponse response) {
    return response
        .object()
        .array("details", "causes")
        .objects()
        .map(cause -> cause.string("field") + ": " + cause.string("message"))
        .toList();
  }

  private JsonObject mine() {
    return cluster.request(ApiRequest.get(CRONTABS + "/mine")).object();
  }

  @Test
  void isEstablishedAtOnceAndDiscovered() {
    JsonObject definition =
        cluster.request(ApiRequest.get(DEFINITIONS + "/crontabs.stable.example.com")).object();
    assertThat(definition.array("status", "conditions").objects().map(c -> c.string("type")))
        .containsExactly("NamesAccepted", "Established");
    assertThat(cluster.request(ApiRequest.get("/apis/stable.example.com/v1")).text())
        .contains("\"crontabs\"", "\"crontabs/scale\"", "\"crontabs/status\"", "\"ct\"");
    assertThat(cluster.request(ApiRequest.get("/apis/stable.example.com")).text())
        .contains("\"preferredVersion\":{\"groupVersion\":\"stable.example.com/v1\"");
    assertThat(cluster.request(ApiRequest.get("/openapi/v3")).text())
        .contains("apis/stable.example.com/v1");
    assertThat(cluster.request(ApiRequest.get("/openapi/v3/apis/stable.example.com/v1")).text())
        .contains("com.example.stable.v1.CronTab")
        .doesNotContain("strategic-merge-patch");
  }

  @Test
  void defaultsAndPrunesObjects() {
    ApiResponse created =
        send(
            "POST",
            CRONTABS,
            YAML,
            crontab("cronSpec: '* * * * *', extra: 1, free: {any: {thing: 1}}"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.warnings()).containsExactly("unknown field \"spec.extra\"");
    assertThat(mine().integer(0, "spec", "replicas")).isEqualTo(1);
    assertThat(mine().object("spec").has("extra")).isFalse();
    assertThat(mine().integer(0, "spec", "free", "any", "thing")).isEqualTo(1);
  }

  @Test
  void refusesUnknownFieldsWhereTheRequestIsStrict() {
    assertThat(create("cronSpec: '* * * * *', extra: 1").object().string("message"))
        .isEqualTo(
            "CronTab in version \"v1\" cannot be handled as a CronTab: strict decoding error:"
                + " unknown field \"spec.extra\"");
  }

  @Test
  void refusesWhatTheSchemaDoesNotAllow() {
    ApiResponse refused =
        create(
            "cronSpec: bad, replicas: 11, mode: Other, at: tomorrow, tags: [a, a],"
                + " ports: [{name: a}, {name: a}, {n: 1}], labels: {a: 1}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(causes(refused))
        .containsExactlyInAnyOrder(
            "spec.at: Invalid value: \"tomorrow\": spec.at in body must be of type date-time:"
                + " \"tomorrow\"",
            "spec.cronSpec: Invalid value: \"bad\": spec.cronSpec in body should match"
                + " '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'",
            "spec.labels.a: Invalid value: \"integer\": spec.labels.a in body must be of type"
                + " string: \"integer\"",
            "spec.mode: Unsupported value: \"Other\": supported values: \"Fast\", \"Slow\"",
            "spec.ports[1]: Duplicate value: {\"name\":\"a\"}",
            "spec.ports[2].name: Required value",
            "spec.replicas: Invalid value: 11: spec.replicas in body should be less than or equal"
                + " to 10",
            "spec.tags[1]: Duplicate value: \"a\"");
  }

  @Test
  void asksItsRulesAlsoAboutChanges() {
    assertThat(causes(create("cronSpec: '* * * * *', min: 5")))
        .containsExactly("spec: Invalid value: min must not exceed replicas");
    assertThat(create("cronSpec: '* * * * *', image: a").status()).isEqualTo(201);
    assertThat(causes(merge("/mine", "{\"spec\": {\"image\": \"b\"}}")))
        .containsExactly("spec: Invalid value: image is immutable");
  }

  @Test
  void hasNoStrategicMergePatch() {
    create("cronSpec: '* * * * *'");
    ApiResponse refused = send("PATCH", CRONTABS + "/mine", ApiRequest.STRATEGIC_MERGE_PATCH, "{}");
    assertThat(refused.status()).isEqualTo(415);
  }

  @Test
  void keepsStatusAndScaleApart() {
    create("cronSpec: '* * * * *'");
    merge("/mine", "{\"status\": {\"replicas\": 9}}");
    assertThat(mine().has("status")).isFalse();
    merge("/mine/status", "{\"status\": {\"replicas\": 2}, \"spec\": {\"image\": \"x\"}}");
    assertThat(mine().object("spec").has("image")).isFalse();
    merge("/mine/scale", "{\"spec\": {\"replicas\": 3}}");
    assertThat(mine().integer(0, "spec", "replicas")).isEqualTo(3);
    assertThat(mine().integer(0, "metadata", "generation")).isEqualTo(2);
    JsonObject scale = cluster.request(ApiRequest.get(CRONTABS + "/mine/scale")).object();
    assertThat(scale.integer(0, "status", "replicas")).isEqualTo(2);
  }

  @Test
  void ownsFieldsAndKeyedItemsOneByOneInServerSideApply() {
    String first = crontab("cronSpec: '* * * * *', ports: [{name: a, n: 1}]");
    String second = crontab("cronSpec: '* * * * *', ports: [{name: b, n: 2}]");
    send("PATCH", CRONTABS + "/mine?fieldManager=one", ApiRequest.APPLY_PATCH, first);
    send("PATCH", CRONTABS + "/mine?fieldManager=two", ApiRequest.APPLY_PATCH, second);
    assertThat(mine().array("spec", "ports")).hasSize(2);
    ApiResponse conflict =
        send(
            "PATCH",
            CRONTABS + "/mine?fieldManager=two",
            ApiRequest.APPLY_PATCH,
            crontab("cronSpec: '1 * * * *'"));
    assertThat(conflict.status()).isEqualTo(409);
  }

  @Test
  void showsEachVersionAndWarnsOfADeprecatedOne() {
    create("cronSpec: '* * * * *'");
    String old = CRONTABS.replace("/v1/", "/v1beta1/");
    assertThat(cluster.request(ApiRequest.get(old + "/mine")).object().string("apiVersion"))
        .isEqualTo("stable.example.com/v1beta1");
    assertThat(send("PATCH", old + "/mine", ApiRequest.MERGE_PATCH, "{\"metadata\":{}}").warnings())
        .containsExactly("stable.example.com/v1beta1 CronTab is deprecated");
  }

  @Test
  void selectsByTheFieldsTheDefinitionNames() {
    create("cronSpec: '* * * * *', mode: Fast");
    String byMode = CRONTABS + "?fieldSelector=spec.mode%3D";
    assertThat(cluster.request(ApiRequest.get(byMode + "Fast")).object().array("items")).hasSize(1);
    assertThat(cluster.request(ApiRequest.get(byMode + "Slow")).object().array("items")).isEmpty();
  }

  @Test
  void takesItsObjectsWithIt() {
    create("cronSpec: '* * * * *'");
    assertThat(
            cluster
                .request(ApiRequest.delete(DEFINITIONS + "/crontabs.stable.example.com"))
                .status())
        .isEqualTo(200);
    assertThat(
            cluster.runUntil(
                c -> c.request(ApiRequest.get(CRONTABS)).status() == 404, Duration.ofSeconds(10)))
        .isTrue();
    assertThat(cluster.state().store().list("crontabs.stable.example.com", "")).isEmpty();
  }

  @Test
  void goesWithItsNamespaceAndItsOwner() {
    create("cronSpec: '* * * * *'");
    String owned =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "owned", "ownerReferences": [
          {"apiVersion": "stable.example.com/v1", "kind": "CronTab", "name": "mine", "uid": "%s"}]}}
        """
            .formatted(mine().string("metadata", "uid"));
    send("POST", "/api/v1/namespaces/default/configmaps", ApiRequest.JSON, owned);
    ApiRequest get = ApiRequest.get("/api/v1/namespaces/default/configmaps/owned");
    assertThat(cluster.request(get).status()).isEqualTo(200);
    cluster.request(ApiRequest.delete(CRONTABS + "/mine"));
    assertThat(cluster.runUntil(c -> c.request(get).status() == 404, Duration.ofSeconds(10)))
        .isTrue();
  }

  @Test
  void aForkHasItsOwnDefinitions() {
    try (EmbeddedCluster fork = cluster.fork()) {
      fork.request(ApiRequest.delete(DEFINITIONS + "/crontabs.stable.example.com"));
      fork.runUntil(
          c -> c.request(ApiRequest.get(CRONTABS)).status() == 404, Duration.ofSeconds(10));
      assertThat(fork.request(ApiRequest.get(CRONTABS)).status()).isEqualTo(404);
      assertThat(cluster.request(ApiRequest.get(CRONTABS)).status()).isEqualTo(200);
    }
  }

  @Test
  void refusesNamesThatAnotherDefinitionOfTheGroupHas() {
    String other =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: others.stable.example.com}
        spec:
          group: stable.example.com
          scope: Cluster
          names: {plural: others, kind: CronTab}
          versions:
          - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}
        """;
    send("POST", DEFINITIONS, YAML, other);
    String status =
        cluster.request(ApiRequest.get(DEFINITIONS + "/others.stable.example.com")).text();
    assertThat(status).contains("KindConflict", "is already in use", "NotAccepted");
    assertThat(cluster.request(ApiRequest.get("/apis/stable.example.com/v1/others")).status())
        .isEqualTo(404);
  }
}
