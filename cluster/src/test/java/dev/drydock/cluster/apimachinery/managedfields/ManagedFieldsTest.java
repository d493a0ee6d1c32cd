package dev.drydock.cluster.apimachinery.managedfields;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.Recorded;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.ApplyResult;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.ApplyResult.Applied;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.ApplyResult.Conflicts;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.ApplyResult.Invalid;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.Change;
import dev.drydock.cluster.apimachinery.schema.Decoder;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManagedFieldsTest {
  private static final String NOW = "2026-11-22T12:42:30Z";

  private static JsonObject yaml(String text) {
    try {
      return YamlParser.parseAll(text).getFirst().object();
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static JsonObject decoded(String manifest) {
    try {
      JsonObject tree = yaml(manifest);
      return Decoder.decode(type(tree), tree).object();
    } catch (DecodingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ObjectType type(JsonObject object) {
    return requireNonNull(Schemas.of(GroupVersionKind.of(object)));
  }

  private static Change by(String manager, String apiVersion) {
    return new Change(manager, apiVersion, NOW, "", ImmutableList.of("status"));
  }

  private static JsonObject update(@Nullable JsonObject before, JsonObject after, String manager) {
    return ManagedFields.update(
        type(after), before, after, by(manager, after.string("apiVersion")));
  }

  private static ApplyResult tryApply(
      @Nullable JsonObject live, String manifest, String manager, boolean force) {
    JsonObject applied = yaml(manifest);
    return ManagedFields.apply(
        type(applied), live, applied, force, by(manager, applied.string("apiVersion")));
  }

  private static JsonObject apply(@Nullable JsonObject live, String manifest, String manager) {
    return ((Applied) tryApply(live, manifest, manager, false)).object();
  }

  private static JsonObject force(JsonObject live, String manifest, String manager) {
    return ((Applied) tryApply(live, manifest, manager, true)).object();
  }

  private static String message(JsonObject live, String manifest, String manager) {
    return ((Conflicts) tryApply(live, manifest, manager, false)).message();
  }

  private static String fields(JsonObject object, String manager) {
    return object
        .array("metadata", "managedFields")
        .objects()
        .filter(entry -> entry.string("manager").equals(manager))
        .map(entry -> JsonWriter.string(entry.object("fieldsV1")))
        .findFirst()
        .orElse("");
  }

  @Test
  void appliesANewObjectAsTheRealServerDoes() {
    JsonObject recorded = Recorded.http("ssa-create");
    JsonObject created =
        apply(
            null, "{apiVersion: v1, kind: ConfigMap, metadata: {name: ssa}, data: {a: '1'}}", "m1");
    assertThat(created.array("metadata", "managedFields"))
        .isEqualTo(recorded.array("metadata", "managedFields"));
    assertThat(created.object("data")).isEqualTo(recorded.object("data"));
  }

  @Test
  void refusesToChangeWhatAnotherAppliedInTheRealServersWords() {
    JsonObject live =
        apply(
            null, "{apiVersion: v1, kind: ConfigMap, metadata: {name: ssa}, data: {a: '1'}}", "m1");
    Conflicts refused =
        (Conflicts)
            tryApply(
                live,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: ssa}, data: {a: '2'}}",
                "m2",
                false);
    JsonObject recorded = Recorded.http("ssa-conflict");
    assertThat(refused.message()).isEqualTo(recorded.string("message"));
    JsonObject cause = recorded.array("details", "causes").objects().findFirst().orElseThrow();
    assertThat(refused.conflicts()).containsExactly(new Conflict("\"m1\"", cause.string("field")));
    assertThat(refused.conflicts().getFirst().causeMessage()).isEqualTo(cause.string("message"));
  }

  /// The transcript `server-side-apply`.
  @Test
  void sharesTakesOverAndGivesUpFields() {
    String head = "{apiVersion: v1, kind: ConfigMap, metadata: {name: shared}, data: ";
    JsonObject live = apply(null, head + "{owner: a, only-a: '1'}}", "a");
    String ofB = head + "{owner: b, only-b: '1'}}";
    assertThat(message(live, ofB, "b"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"a\": .data.owner");
    live = force(live, ofB, "b");
    assertThat(live.strings("data"))
        .containsEntry("owner", "b")
        .containsEntry("only-a", "1")
        .containsEntry("only-b", "1");
    String second = head + "{owner: a}}";
    assertThat(message(live, second, "a"))
        .isEqualTo("Apply failed with 1 conflict: conflict with \"b\": .data.owner");
    live = force(live, second, "a");
    assertThat(JsonWriter.string(live.object("data")))
        .isEqualTo("{\"owner\":\"a\",\"only-b\":\"1\"}");
    assertThat(fields(live, "a")).isEqualTo("{\"f:data\":{\"f:owner\":{}}}");
    assertThat(fields(live, "b")).isEqualTo("{\"f:data\":{\"f:only-b\":{}}}");
  }

  @Test
  void tracksADeploymentThatKubectlCreates() {
    JsonObject deployment =
        decoded(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, labels: {app: web}, generation: 1, uid: u, creationTimestamp: '2026-11-22T12:26:24Z'}
            spec:
              progressDeadlineSeconds: 600
              replicas: 1
              revisionHistoryLimit: 10
              selector: {matchLabels: {app: web}}
              strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                  - name: nginx
                    image: nginx
                    imagePullPolicy: Always
                    resources: {}
                    terminationMessagePath: /dev/termination-log
                    terminationMessagePolicy: File
                  dnsPolicy: ClusterFirst
                  restartPolicy: Always
                  schedulerName: default-scheduler
                  securityContext: {}
                  terminationGracePeriodSeconds: 30
            """);
    String recorded =
        Recorded.http("table-deploy")
            .array("rows")
            .objects()
            .map(row -> fields(row.object("object"), "kubectl-create"))
            .filter(fields -> !fields.isEmpty())
            .findFirst()
            .orElseThrow();
    assertThat(fields(update(null, deployment, "kubectl-create"), "kubectl-create"))
        .isEqualTo(recorded);
  }

  /// Admission adds its fields after the account is made, so they have no manager.
  @Test
  void tracksTheRecordedPodThroughCreateAndEdit() {
    JsonObject recorded =
        Recorded.http("table-pods-includeObject")
            .array("rows")
            .objects()
            .findFirst()
            .orElseThrow()
            .object("object");
    JsonObject created =
        decoded(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: p1, labels: {app: p1}}
            spec:
              containers:
              - name: c
                image: nginx
                imagePullPolicy: Always
                ports: [{containerPort: 80, protocol: TCP}]
                resources: {}
                terminationMessagePath: /dev/termination-log
                terminationMessagePolicy: File
              dnsPolicy: ClusterFirst
              enableServiceLinks: true
              nodeName: n1
              restartPolicy: Always
              schedulerName: default-scheduler
              securityContext: {}
              terminationGracePeriodSeconds: 30
            """);
    JsonObject live = update(null, created, "kubectl-create");
    JsonObject container = live.array("spec", "containers").objects().findFirst().orElseThrow();
    JsonObject edited =
        live.withAt(
            dev.drydock.cluster.apimachinery.json.JsonArray.of(container.with("image", "httpd")),
            "spec",
            "containers");
    JsonObject after = update(live, edited, "kubectl-edit");
    for (String manager : ImmutableList.of("kubectl-create", "kubectl-edit")) {
      assertThat(fields(after, manager)).as(manager).isEqualTo(fields(recorded, manager));
    }
  }

  @Test
  void changesNothingInTheAccountWhenNothingChanges() {
    JsonObject live =
        update(null, decoded("{apiVersion: v1, kind: ConfigMap, data: {a: '1'}}"), "m");
    Change later = new Change("m", "v1", "2027-01-01T00:00:00Z", "", ImmutableList.of());
    assertThat(ManagedFields.update(type(live), live, live, later)).isEqualTo(live);
  }

  @Test
  void appliesTheSameAgainWithoutATrace() {
    String manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: '1'}}";
    JsonObject live = apply(null, manifest, "m");
    Change later = new Change("m", "v1", "2027-01-01T00:00:00Z", "", ImmutableList.of("status"));
    ApplyResult again = ManagedFields.apply(type(live), live, yaml(manifest), false, later);
    assertThat(again).isEqualTo(new Applied(live));
  }

  @Test
  void keepsItemsOfOthersAndRemovesOnesOwn() {
    String head = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: ";
    JsonObject live = apply(null, head + "[{name: a, image: x}, {name: b, image: y1}]}}", "m");
    live = apply(live, head + "[{name: b, env: [{name: E, value: v}]}]}}", "other");
    live = apply(live, head + "[{name: a, image: x}]}}", "m");
    assertThat(JsonWriter.string(live.array("spec", "containers")))
        .isEqualTo(
            "[{\"name\":\"a\",\"image\":\"x\"},"
                + "{\"name\":\"b\",\"env\":[{\"name\":\"E\",\"value\":\"v\"}]}]");
  }

  @Test
  void takesTheDefaultOfAKeyThatIsLeftOut() {
    String head = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: ";
    JsonObject live = update(null, decoded(head + "[{port: 80, protocol: TCP, name: a}]}}"), "u");
    JsonObject after = apply(live, head + "[{port: 80, appProtocol: http}]}}", "m");
    assertThat(after.array("spec", "ports")).hasSize(1);
    assertThat(fields(after, "m"))
        .isEqualTo(
            "{\"f:spec\":{\"f:ports\":{\"k:{\\\"port\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":"
                + "{\".\":{},\"f:appProtocol\":{},\"f:port\":{}}}}}");
  }

  @Test
  void ownsAtomicListsAndSelectorsAsAWhole() {
    JsonObject live =
        apply(
            null,
            """
            {apiVersion: v1, kind: Service, metadata: {name: a, finalizers: [x/y]},
             spec: {selector: {app: a, tier: b}, externalIPs: [1.2.3.4]}}
            """,
            "m");
    assertThat(fields(live, "m"))
        .isEqualTo(
            "{\"f:metadata\":{\"f:finalizers\":{\"v:\\\"x/y\\\"\":{}}},"
                + "\"f:spec\":{\"f:externalIPs\":{},\"f:selector\":{}}}");
  }

  @Test
  void listsAllConflictsByManager() {
    JsonObject live =
        update(
            null,
            decoded(
                """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 1,
                 template: {spec: {containers: [{name: c, image: x}]}}}}
                """),
            "kubectl-create");
    assertThat(
            message(
                live,
                """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2,
                 template: {spec: {containers: [{name: c, image: w}]}}}}
                """,
                "m"))
        .isEqualTo(
            "Apply failed with 2 conflicts: conflicts with \"kubectl-create\" using apps/v1:\n"
                + "- .spec.replicas\n"
                + "- .spec.template.spec.containers[name=\"c\"].image");
  }

  @Test
  void namesTheSubresourceInAConflict() {
    JsonObject first =
        decoded(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 1}}");
    Change scale =
        new Change("kube-controller-manager", "autoscaling/v1", NOW, "scale", ImmutableList.of());
    JsonObject live =
        ManagedFields.update(
            type(first), first, first.withAt(Json.of(5), "spec", "replicas"), scale);
    assertThat(
            message(
                live,
                "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replicas: 2}}",
                "m"))
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"kube-controller-manager\" with"
                + " subresource \"scale\" using autoscaling/v1: .spec.replicas");
  }

  @Test
  void movesAnObjectOverFromClientSideApply() {
    String annotation =
        "{kubectl.kubernetes.io/last-applied-configuration: '{\"data\":{\"a\":\"1\"}}'}";
    JsonObject live =
        update(
            null,
            decoded(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: "
                    + annotation
                    + "}, data: {a: '1'}}"),
            "kubectl-client-side-apply");
    String changed = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: '2'}}";
    assertThat(tryApply(live, changed, "someone", false)).isInstanceOf(Conflicts.class);
    JsonObject after = apply(live, changed, "kubectl");
    assertThat(after.string("data", "a")).isEqualTo("2");
    assertThat(
            after.string(
                "metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"))
        .contains("\"a\":\"2\"");
  }

  @Test
  void startsTheAccountOfAnObjectThatHasNone() {
    JsonObject live =
        decoded("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: '1'}}");
    assertThat(
            message(
                live,
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: '2'}}",
                "m"))
        .isEqualTo(
            "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
  }

  @Test
  void forgetsAllManagersWhenAClientResetsThem() {
    JsonObject live =
        update(null, decoded("{apiVersion: v1, kind: ConfigMap, data: {a: '1'}}"), "m");
    JsonObject reset =
        yaml("{apiVersion: v1, kind: ConfigMap, metadata: {managedFields: [{}]}, data: {a: '1'}}");
    assertThat(update(live, reset, "m").at("metadata", "managedFields")).isNull();
  }

  @Test
  void takesOldUpdatersTogetherWhenThereAreTooMany() {
    JsonObject live = decoded("{apiVersion: v1, kind: ConfigMap, data: {}}");
    for (int i = 10; i < 25; i++) {
      JsonObject next = live.withAt(Json.of("1"), "data", "k" + i);
      Change change =
          new Change("m" + i, "v1", "2026-01-01T00:00:" + i + "Z", "", ImmutableList.of());
      live = ManagedFields.update(type(live), live, next, change);
    }
    assertThat(live.array("metadata", "managedFields")).hasSize(10);
    assertThat(fields(live, "ancient-changes")).contains("f:k10", "f:k15").doesNotContain("f:k16");
  }

  @Test
  void refusesAConfigurationThatCannotBeMerged() {
    String head = "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: ";
    assertThat(tryApply(null, head + "{containers: [{name: a}, {name: a}]}}", "m", false))
        .isEqualTo(new Invalid(".spec.containers: duplicate entries for key [name=\"a\"]"));
    assertThat(tryApply(null, head + "{containers: [{image: a}]}}", "m", false))
        .isEqualTo(
            new Invalid(
                ".spec.containers: element 0: associative list with keys has an element that omits"
                    + " key field \"name\" (and doesn't have default value)"));
    assertThat(tryApply(null, head + "{a: 1, b: 2}}", "m", false))
        .isEqualTo(
            new Invalid(
                "errors:\n  .spec.a: field not declared in schema\n  .spec.b: field not declared in schema"));
  }

  @Test
  void managesACustomResourceWithoutASchema() {
    JsonObject boat =
        yaml("{apiVersion: e.com/v1, kind: Boat, metadata: {name: a}, spec: {l: [1], m: {k: v}}}");
    ApplyResult result = ManagedFields.apply(null, null, boat, false, by("m", "e.com/v1"));
    assertThat(fields(((Applied) result).object(), "m"))
        .isEqualTo("{\"f:spec\":{\".\":{},\"f:l\":{},\"f:m\":{\".\":{},\"f:k\":{}}}}");
  }
}
