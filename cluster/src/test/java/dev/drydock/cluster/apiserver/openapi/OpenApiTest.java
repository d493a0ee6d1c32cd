package dev.drydock.cluster.apiserver.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.Recorded;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apiserver.openapi.OpenApi.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final String CORE = "io.k8s.api.core.v1.";

  private static JsonObject parsed(Document document) {
    return JsonParser.parseTrusted(new String(document.json(), StandardCharsets.UTF_8));
  }

  private static JsonObject document(String groupVersion) {
    return parsed(OpenApi.version3(GroupVersion.parse(groupVersion)).orElseThrow());
  }

  private static JsonObject property(String groupVersion, String type, String field) {
    return document(groupVersion).object("components", "schemas", type, "properties", field);
  }

  private static String reference(String type) {
    return "#/components/schemas/" + type;
  }

  @Test
  void indexesTheDocumentOfEachGroupVersionUnderItsHash() {
    JsonObject paths = OpenApi.index(CustomOpenApi.of(java.util.List.of())).object("paths");
    assertThat(paths.fields()).containsKeys("api/v1", "apis/apps/v1", "apis/autoscaling/v2");
    String etag = OpenApi.version3(GroupVersion.parse("apps/v1")).orElseThrow().etag();
    assertThat(paths.string("apis/apps/v1", "serverRelativeURL"))
        .isEqualTo("/openapi/v3/apis/apps/v1?hash=" + etag.replace("\"", ""));
    assertThat(OpenApi.version3(GroupVersion.parse("nosuch/v1"))).isEmpty();
  }

  @Test
  void indexesTheDocumentsThatTheRealServerHas() {
    assertThat(
            OpenApi.index(CustomOpenApi.of(java.util.List.of())).object("paths").fields().keySet())
        .containsExactlyElementsOf(
            Recorded.http("openapi-v3-index").object("paths").fields().keySet());
  }

  @Test
  void makesEachDocumentOnce() {
    assertThat(OpenApi.version3(GroupVersion.CORE).orElseThrow())
        .isSameAs(OpenApi.version3(GroupVersion.CORE).orElseThrow());
  }

  @Test
  void tellsOnAKindsPatchPathWhatKubectlAsksFor() {
    JsonObject patch =
        document("apps/v1")
            .object("paths", "/apis/apps/v1/namespaces/{namespace}/deployments/{name}", "patch");
    assertThat(JsonWriter.string(patch.object("x-kubernetes-group-version-kind")))
        .isEqualTo("{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"}");
    assertThat(patch.array("parameters").objects().map(parameter -> parameter.string("name")))
        .contains("fieldValidation", "dryRun");
    assertThat(patch.object("requestBody", "content").fields())
        .containsKey("application/strategic-merge-patch+json");
  }

  @Test
  void describesAFieldThatRefersToAnotherType() {
    JsonObject probe = property("v1", CORE + "Container", "livenessProbe");
    assertThat(probe.array("allOf").objects().map(ref -> ref.string("$ref")))
        .containsExactly(reference(CORE + "Probe"));
    assertThat(probe.string("description"))
        .startsWith("Periodic probe of container liveness. Container will be restarted");
  }

  @Test
  void saysWhichListsMergeAndByWhat() {
    JsonObject ports = property("v1", CORE + "Container", "ports");
    assertThat(ports.string("x-kubernetes-patch-merge-key")).isEqualTo("containerPort");
    assertThat(ports.string("x-kubernetes-patch-strategy")).isEqualTo("merge");
    assertThat(ports.string("x-kubernetes-list-type")).isEqualTo("map");
    assertThat(ports.array("x-kubernetes-list-map-keys").strings())
        .containsExactly("containerPort", "protocol");
    assertThat(property("v1", CORE + "Container", "command").string("x-kubernetes-list-type"))
        .isEqualTo("atomic");
  }

  @Test
  void listsTheValuesOfAnEnumeration() {
    JsonObject type = property("apps/v1", "io.k8s.api.apps.v1.DeploymentStrategy", "type");
    assertThat(type.array("enum").strings()).containsExactly("Recreate", "RollingUpdate");
    assertThat(type.string("description"))
        .contains(
            "Default is RollingUpdate.\n\nPossible enum values:\n"
                + " - `\"Recreate\"` Kill all existing pods before creating new ones.\n"
                + " - `\"RollingUpdate\"` Replace the old ReplicaSets");
  }

  @Test
  void requiresWhatIsRequired() {
    assertThat(
            document("v1")
                .object("components", "schemas", CORE + "ContainerPort")
                .array("required")
                .strings())
        .containsExactly("containerPort");
  }

  @Test
  void refersOnlyToSchemasThatItHolds() {
    for (String key :
        OpenApi.index(CustomOpenApi.of(java.util.List.of())).object("paths").fields().keySet()) {
      if (OpenApi.plain(key).isPresent()) {
        continue;
      }
      JsonObject document = document(key.replaceFirst("^apis?/", ""));
      List<String> references = new ArrayList<>();
      collect(document, references);
      assertThat(references).isNotEmpty();
      assertThat(document.object("components", "schemas").fields().keySet())
          .as(key)
          .containsAll(
              references.stream().map(ref -> ref.substring(reference("").length())).toList());
    }
  }

  private static void collect(Json json, List<String> references) {
    switch (json) {
      case JsonObject object -> {
        object.optionalString("$ref").ifPresent(references::add);
        object.fields().values().forEach(value -> collect(value, references));
      }
      case JsonArray array -> array.forEach(item -> collect(item, references));
      default -> {}
    }
  }

  @Test
  void definesTheSameTypesInVersion2() {
    JsonObject definitions = parsed(OpenApi.version2()).object("definitions");
    assertThat(definitions.string(CORE + "Pod", "properties", "spec", "$ref"))
        .isEqualTo("#/definitions/" + CORE + "PodSpec");
    assertThat(definitions.string("io.k8s.apimachinery.pkg.util.intstr.IntOrString", "format"))
        .isEqualTo("int-or-string");
  }
}
