package dev.drydock.cluster.apimachinery.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.patch.PatchException.Answer;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategicMergePatchTest {

  private static JsonObject yaml(String text) {
    try {
      return YamlParser.parseAll(text).getFirst().object();
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static String patched(String type, String original, String patch) throws PatchException {
    JsonObject result =
        StrategicMergePatch.apply(Schemas.named("io.k8s.api." + type), yaml(original), yaml(patch));
    return JsonWriter.string(result).replace("\"", "");
  }

  private static PatchException refusal(String type, String original, String patch) {
    return catchThrowableOfType(PatchException.class, () -> patched(type, original, patch));
  }

  @Test
  void mergesContainersByName() throws PatchException {
    assertThat(
            patched(
                "core.v1.PodSpec",
                "containers: [{name: a, image: x}, {name: b, image: y}]",
                "containers: [{name: b, image: z}, {name: c, image: w}]"))
        .isEqualTo("{containers:[{name:a,image:x},{name:b,image:z},{name:c,image:w}]}");
  }

  @Test
  void putsNewItemsBeforeThoseThatOnlyTheServerHas() throws PatchException {
    assertThat(patched("core.v1.PodSpec", "volumes: [{name: c}]", "volumes: [{name: s}]"))
        .isEqualTo("{volumes:[{name:s},{name:c}]}");
  }

  @Test
  void deletesAnItemByDirective() throws PatchException {
    assertThat(
            patched(
                "core.v1.PodSpec",
                "containers: [{name: a}, {name: b}]",
                "containers: [{$patch: delete, name: a}]"))
        .isEqualTo("{containers:[{name:b}]}");
  }

  @Test
  void replacesAListOrAnObjectByDirective() throws PatchException {
    assertThat(
            patched(
                "core.v1.PodSpec",
                "containers: [{name: a}, {name: b}]",
                "containers: [{$patch: replace}, {name: c}]"))
        .isEqualTo("{containers:[{name:c}]}");
    assertThat(
            patched(
                "core.v1.PodSpec",
                "securityContext: {runAsUser: 1, fsGroup: 2}",
                "securityContext: {$patch: replace, runAsUser: 3}"))
        .isEqualTo("{securityContext:{runAsUser:3}}");
    assertThat(
            patched(
                "core.v1.PodSpec",
                "securityContext: {runAsUser: 1}",
                "securityContext: {$patch: delete}"))
        .isEqualTo("{securityContext:{}}");
  }

  @Test
  void ordersItemsAsThePatchSays() throws PatchException {
    assertThat(
            patched(
                "core.v1.PodSpec",
                "containers: [{name: a}, {name: b}, {name: server}, {name: c}]",
                """
                $setElementOrder/containers: [{name: c}, {name: b}, {name: a}]
                containers: [{name: b, image: z}]
                """))
        .isEqualTo("{containers:[{name:server},{name:c},{name:b,image:z},{name:a}]}");
  }

  @Test
  void retainsOnlyTheKeysNamed() throws PatchException {
    assertThat(
            patched(
                "apps.v1.DeploymentSpec",
                "strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}",
                "strategy: {$retainKeys: [type], type: Recreate}"))
        .isEqualTo("{strategy:{type:Recreate}}");
    assertThat(
            refusal(
                    "apps.v1.DeploymentSpec",
                    "strategy: {type: RollingUpdate}",
                    "strategy: {$retainKeys: [], type: Recreate}")
                .answer())
        .isEqualTo(Answer.BAD_REQUEST);
  }

  @Test
  void mergesAndDeletesScalarsThatAreASet() throws PatchException {
    String meta = "core.v1.Pod";
    assertThat(patched(meta, "metadata: {finalizers: [a, b]}", "metadata: {finalizers: [b, c]}"))
        .isEqualTo("{metadata:{finalizers:[a,b,c]}}");
    assertThat(
            patched(
                meta,
                "metadata: {finalizers: [a, b]}",
                "metadata: {$deleteFromPrimitiveList/finalizers: [a]}"))
        .isEqualTo("{metadata:{finalizers:[b]}}");
  }

  @Test
  void replacesAtomicListsAndMergesMaps() throws PatchException {
    assertThat(
            patched(
                "core.v1.Container",
                "{command: [a, b], resources: {limits: {cpu: 1, memory: 2Gi}}}",
                "{command: [c], resources: {limits: {cpu: null, pods: 1}}}"))
        .isEqualTo("{command:[c],resources:{limits:{memory:2Gi,pods:1}}}");
  }

  @Test
  void dropsNullsAndDirectedObjectsFromWhatIsNew() throws PatchException {
    assertThat(
            patched(
                "core.v1.PodSpec",
                "{}",
                """
                {nodeName: null, securityContext: {runAsUser: null, fsGroup: 1},
                 affinity: {$patch: replace, nodeAffinity: {}},
                 containers: [{$patch: delete, name: x}, {name: a, image: null}],
                 $deleteFromPrimitiveList/x: [1]}
                """))
        .isEqualTo("{securityContext:{fsGroup:1},containers:[{name:a}]}");
  }

  @Test
  void takesANewItemOfAListAsItIs() throws PatchException {
    assertThat(
            patched(
                "core.v1.PodSpec",
                "containers: [{name: z}]",
                "containers: [{name: a, image: null, env: [{$patch: delete, name: q}]}]"))
        .isEqualTo("{containers:[{name:a,image:null,env:[{$patch:delete,name:q}]},{name:z}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          containers: [{image: a, tty: true, stdin: null, args: [x, w]}] | map: map[args:[x w] image:a stdin:<nil> tty:true] does not contain declared merge key: name
          containers: [{$patch: delete}] | map: map[$patch:delete] does not contain declared merge key: name
          containers: [a] | list element types are not identical: [[map[name:z]] [a]]
          containers: [{$patch: bogus, name: z}] | unknown patch type: bogus in map: map[$patch:bogus name:z]
          containers: [{$patch: merge, name: z}] | merging lists cannot yet be specified in the patch
          $setElementOrder/containers: 5 | expected a []interface {}, but received a int64
          bogus: {c: 1} | unable to find api field in struct PodSpec for the json field "bogus"
          securityContext: {$patch: merge} | unknown patch type: merge in map: map[$patch:merge]
          """)
  void refusesInUpstreamsWords(String patch, String message) {
    String original = "{containers: [{name: z}], bogus: {a: 1}, securityContext: {fsGroup: 1}}";
    PatchException refusal = refusal("core.v1.PodSpec", original, patch);
    assertThat(refusal).hasMessage(message);
    assertThat(refusal.answer()).isEqualTo(Answer.INTERNAL);
  }

  @Test
  void refusesAnOrderThatThePatchItselfDoesNotKeep() {
    assertThat(
            refusal(
                "core.v1.PodSpec",
                "containers: [{name: a}, {name: b}]",
                """
                $setElementOrder/containers: [{name: a}, {name: b}]
                containers: [{name: b, image: x}, {name: a, image: w}]
                """))
        .hasMessage(
            "The order in patch list:\n[map[image:x name:b] map[image:w name:a]]\n"
                + " doesn't match $setElementOrder list:\n[map[name:a] map[name:b]]\n");
  }
}
