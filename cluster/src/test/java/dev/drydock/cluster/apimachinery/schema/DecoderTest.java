package dev.drydock.cluster.apimachinery.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {

  private static JsonObject yaml(String text) {
    try {
      return YamlParser.parseAll(text).getFirst().object();
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Decoded decode(String manifest) throws DecodingException {
    JsonObject tree = yaml(manifest);
    return Decoder.decode(requireNonNull(Schemas.of(GroupVersionKind.of(tree))), tree);
  }

  private static ObjectType core(String kind) {
    return Schemas.named("io.k8s.api.core.v1." + kind);
  }

  private static JsonObject decoded(String type, String text) throws DecodingException {
    return Decoder.decode(core(type), yaml(text)).object();
  }

  private static String refusal(String manifest) {
    return String.valueOf(catchThrowable(() -> decode(manifest)).getMessage());
  }

  private static String refusal(String type, String text) {
    return String.valueOf(catchThrowable(() -> decoded(type, text)).getMessage());
  }

  @Test
  void namesTheGoFieldOfAValueOfAWrongType() {
    assertThat(
            refusal(
                """
                apiVersion: v1
                kind: Pod
                spec: {containers: [{name: a, ports: [{containerPort: "80"}]}]}
                """))
        .isEqualTo(
            "json: cannot unmarshal string into Go struct field"
                + " ContainerPort.spec.containers.ports.containerPort of type int32");
    assertThat(refusal("{apiVersion: v1, kind: ConfigMap, data: {a: true}}"))
        .isEqualTo(
            "json: cannot unmarshal bool into Go struct field ConfigMap.data of type string");
    assertThat(refusal("{apiVersion: v1, kind: Pod, metadata: {labels: {on: on}}}"))
        .isEqualTo(
            "json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.labels of type"
                + " string");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {apiVersion: apps/v1, kind: Deployment, spec: {replicas: three}} | string into Go struct field DeploymentSpec.spec.replicas of type int32
          {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 1.5}} | number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32
          {apiVersion: apps/v1, kind: Deployment, spec: {replicas: 3000000000}} | number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32
          {apiVersion: v1, kind: Pod, spec: {containers: {name: a}}} | object into Go struct field PodSpec.spec.containers of type []v1.Container
          {apiVersion: v1, kind: Pod, spec: [a]} | array into Go struct field Pod.spec of type v1.PodSpec
          {apiVersion: v1, kind: Pod, spec: {containers: [a]}} | string into Go struct field PodSpec.spec.containers of type v1.Container
          {apiVersion: v1, kind: Pod, spec: {containers: [{imagePullPolicy: 1}]}} | number into Go struct field Container.spec.containers.imagePullPolicy of type v1.PullPolicy
          {apiVersion: v1, kind: Pod, spec: {containers: [{command: sleep}]}} | string into Go struct field Container.spec.containers.command of type []string
          {apiVersion: v1, kind: Pod, spec: {containers: [{command: [1]}]}} | number into Go struct field Container.spec.containers.command of type string
          {apiVersion: v1, kind: Pod, spec: {containers: [{resources: {limits: [1]}}]}} | array into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList
          {apiVersion: v1, kind: Pod, spec: {volumes: [{emptyDir: yes}]}} | bool into Go struct field Volume.spec.volumes.emptyDir of type v1.EmptyDirVolumeSource
          {apiVersion: v1, kind: Pod, spec: {nodeSelector: {disk: 1}}} | number into Go struct field PodSpec.spec.nodeSelector of type string
          {apiVersion: v1, kind: Pod, spec: {hostNetwork: "true"}} | string into Go struct field PodSpec.spec.hostNetwork of type bool
          {apiVersion: v1, kind: Pod, spec: {containers: [{livenessProbe: {httpGet: {port: true}}}]}} | bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.httpGet.port of type int32
          {apiVersion: v1, kind: Pod, metadata: {creationTimestamp: 1}} | number into Go struct field ObjectMeta.metadata.creationTimestamp of type string
          {apiVersion: v1, kind: Secret, data: {a: 1}} | number into Go struct field Secret.data of type []uint8
          """)
  void saysWhatCannotBeUnmarshalled(String manifest, String problem) {
    assertThat(refusal(manifest)).isEqualTo("json: cannot unmarshal " + problem);
  }

  @Test
  void reportsTheFirstWrongTypeButARefusedQuantityFirstOfAll() {
    String twoWrong = "{containers: [{name: 1, image: true}]}";
    assertThat(refusal("PodSpec", twoWrong)).contains("Container.containers.name");
    assertThat(refusal("PodSpec", "{containers: [{name: 1, resources: {limits: {memory: 64Mb}}}]}"))
        .isEqualTo(
            "quantities must match the regular expression"
                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
  }

  @Test
  void refusesTimesInGosWords() {
    assertThat(refusal("{apiVersion: v1, kind: Pod, metadata: {creationTimestamp: now}}"))
        .isEqualTo(
            "parsing time \"now\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"now\" as"
                + " \"2006\"");
    assertThat(refusal("{kind: Pod, apiVersion: v1, metadata: {creationTimestamp: 2026-01-02}}"))
        .endsWith("cannot parse \"\" as \"T\"");
    assertThat(
            refusal(
                "{kind: Pod, apiVersion: v1, metadata: {creationTimestamp:"
                    + " '2026-13-02T10:00:00Z'}}"))
        .isEqualTo("parsing time \"2026-13-02T10:00:00Z\": month out of range");
  }

  @ParameterizedTest
  @CsvSource({"a, 0", "YWJjZ, 4", "YW=j, 2", "Y=, 1", "not base64, 3", "YQ=, 3", "YQ==x, 4"})
  void saysAtWhichByteBase64IsWrong(String data, int at) {
    assertThat(refusal("{apiVersion: v1, kind: Secret, data: {a: '" + data + "'}}"))
        .isEqualTo("illegal base64 data at input byte " + at);
  }

  @Test
  void collectsUnknownFieldsWithTheirPathsAndDropsThem() throws DecodingException {
    Decoded decoded =
        decode(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: a, label: {}}
            spec:
              containerz: []
              containers: [{name: a, Image: b, imag: x, env: [{nam: y}]}]
            """);
    assertThat(decoded.strictErrors())
        .containsExactly(
            "unknown field \"metadata.label\"",
            "unknown field \"spec.containerz\"",
            "unknown field \"spec.containers[0].Image\"",
            "unknown field \"spec.containers[0].imag\"",
            "unknown field \"spec.containers[0].env[0].nam\"");
    assertThat(JsonWriter.string(decoded.object()))
        .isEqualTo(
            """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":\
            [{"name":"a","env":[{"name":""}],"resources":{}}]},"status":{}}""");
  }

  @Test
  void reportsAFieldGivenTwiceOnceAndKeepsTheLast() throws Exception {
    String body =
        """
        {"apiVersion": "v1", "kind": "ConfigMap", "immutable": true, "data": {"a": "1", "a": "2"},
         "immutable": false, "odd": 1, "odd": 2}""";
    Decoded decoded = Decoder.decode(core("ConfigMap"), body.getBytes(StandardCharsets.UTF_8));
    assertThat(decoded.strictErrors())
        .containsExactly(
            "duplicate field \"immutable\"", "duplicate field \"data.a\"", "unknown field \"odd\"");
    assertThat(decoded.object().string("data", "a")).isEqualTo("2");
    assertThat(decoded.object().has("immutable")).isTrue();
  }

  @Test
  void makesQuantitiesAndTimesCanonical() throws DecodingException {
    assertThat(
            decoded("ResourceRequirements", "{requests: {cpu: 2, memory: 1024Mi, x: 0.5}}")
                .strings("requests"))
        .containsEntry("cpu", "2")
        .containsEntry("memory", "1Gi")
        .containsEntry("x", "500m");
    assertThat(
            decoded("Pod", "{metadata: {creationTimestamp: '2026-01-02T10:00:00.5+02:00'}}")
                .string("metadata", "creationTimestamp"))
        .isEqualTo("2026-01-02T08:00:00Z");
  }

  @Test
  void dropsNullsAndZeroValuesThatGoLeavesOut() throws DecodingException {
    assertThat(
            JsonWriter.string(
                decoded(
                    "Container",
                    "{name: a, image: '', tty: false, command: [], env: null, ports: [],"
                        + " securityContext: {}}")))
        .isEqualTo("{\"name\":\"a\",\"securityContext\":{},\"resources\":{}}");
  }

  @Test
  void keepsZeroValuesOfPointers() throws DecodingException {
    assertThat(
            decoded("PersistentVolumeClaimSpec", "{storageClassName: '', volumeName: ''}").fields())
        .containsKey("storageClassName")
        .doesNotContainKey("volumeName");
    JsonObject deployment =
        decode("{apiVersion: apps/v1, kind: Deployment, spec: {replicas: 0}}").object();
    assertThat(deployment.integer(7, "spec", "replicas")).isZero();
  }

  @Test
  void fillsInWhatGoWritesByValue() throws DecodingException {
    assertThat(JsonWriter.string(decode("{apiVersion: apps/v1, kind: Deployment}").object()))
        .isEqualTo(
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{},\"spec\":"
                + "{\"strategy\":{},\"template\":{\"metadata\":{},\"spec\":{}}},\"status\":{}}");
    assertThat(JsonWriter.string(decoded("ResourceFieldSelector", "{resource: limits.cpu}")))
        .isEqualTo("{\"resource\":\"limits.cpu\",\"divisor\":\"0\"}");
  }

  @Test
  void readsANullItemAsItsZeroValue() throws DecodingException {
    assertThat(JsonWriter.string(decoded("Container", "{name: a, command: [null], resources: {}}")))
        .isEqualTo("{\"name\":\"a\",\"command\":[\"\"],\"resources\":{}}");
  }

  @Test
  void leavesJsonOfAnyShapeAlone() throws DecodingException {
    JsonObject revision =
        decode(
                "{apiVersion: apps/v1, kind: ControllerRevision, data: {a: [1, {b: x}]}, revision: 1}")
            .object();
    assertThat(JsonWriter.string(revision.object("data"))).isEqualTo("{\"a\":[1,{\"b\":\"x\"}]}");
  }

  @Test
  void refusesABodyThatIsNoObject() {
    assertThat(
            catchThrowable(
                () -> Decoder.decode(core("Pod"), "[]".getBytes(StandardCharsets.UTF_8))))
        .hasMessage("json: cannot unmarshal array into Go value of type v1.Pod");
  }
}
