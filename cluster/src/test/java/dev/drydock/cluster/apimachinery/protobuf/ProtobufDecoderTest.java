package dev.drydock.cluster.apimachinery.protobuf;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.cluster.Recorded;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.Decoder;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufDecoderTest {

  private static JsonObject decode(String name) throws DecodingException {
    return ProtobufDecoder.decode(Recorded.bytes("/protobuf/" + name + ".pb"));
  }

  /// The bodies were captured from kubectl 1.35.2; the JSON is what the same command prints with
  /// `--dry-run=client -o json`. The namespace is in the path of the request, not in the body.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "deployment",
        "deployment-command",
        "configmap",
        "secret",
        "secret-docker",
        "namespace",
        "job",
        "cronjob",
        "role",
        "rolebinding",
        "clusterrole",
        "clusterrole-url",
        "clusterrolebinding",
        "serviceaccount",
        "service-clusterip",
        "service-nodeport",
        "service-externalname",
        "quota",
        "pdb",
        "priorityclass",
        "ingress",
        "autoscale"
      })
  void readsWhatKubectlCreateSends(String name) throws Exception {
    JsonObject printed = Recorded.json("/protobuf/" + name + ".json");
    JsonObject expected =
        Decoder.decode(requireNonNull(Schemas.of(GroupVersionKind.of(printed))), printed).object();
    JsonObject decoded = decode(name);
    assertThat(withoutNamespace(decoded)).isEqualTo(withoutNamespace(expected));
  }

  private static JsonObject withoutNamespace(JsonObject object) {
    return object.withObject("metadata", metadata -> metadata.without("namespace"));
  }

  @Test
  void readsWhatAuthSends() throws DecodingException {
    JsonObject attributes = decode("can-i").object("spec", "resourceAttributes");
    assertThat(attributes.strings())
        .containsEntry("verb", "create")
        .containsEntry("resource", "deployments")
        .containsEntry("group", "apps")
        .containsEntry("namespace", "default");
    assertThat(decode("can-i-list").string("spec", "namespace")).isEqualTo("default");
    assertThat(decode("whoami").string("kind")).isEqualTo("SelfSubjectReview");
  }

  @Test
  void readsWhatCreateTokenSends() throws DecodingException {
    JsonObject request = decode("token");
    assertThat(GroupVersionKind.of(request))
        .isEqualTo(new GroupVersionKind("authentication.k8s.io", "v1", "TokenRequest"));
    assertThat(request.integer(0, "spec", "expirationSeconds")).isEqualTo(600);
  }

  @Test
  void refusesABodyThatIsCutOffInTheObject() {
    byte[] whole = Recorded.bytes("/protobuf/deployment.pb");
    int afterTypeMeta = 4 + 2 + whole[5];
    int emptyFieldsAtTheEnd = 4;
    for (int length = afterTypeMeta + 1; length < whole.length - emptyFieldsAtTheEnd; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ProtobufDecoder.decode(part)).isInstanceOf(DecodingException.class);
    }
  }

  @Test
  void refusesJson() {
    byte[] json = "{\"kind\":\"Pod\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(ProtobufDecoder.isProtobuf(json)).isFalse();
    assertThatThrownBy(() -> ProtobufDecoder.decode(json)).hasMessageContaining("expected prefix");
  }
}
