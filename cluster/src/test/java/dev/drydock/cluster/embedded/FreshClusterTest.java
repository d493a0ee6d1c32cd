package dev.drydock.cluster.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.Recorded;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A fresh cluster has what a recorded one of kubeadm has, and what kind adds.
final class FreshClusterTest {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");

  /// What differs from the recording in its content, since kind configures kubeadm so.
  private static final Set<String> CONFIGURED_BY_KIND =
      Set.of(
          "Node kuar-control-plane", // provider id; no taint on the only node
          "ConfigMap kube-system/kubeadm-config", // names and extra arguments
          "ConfigMap kube-system/kubelet-config", // cgroup root
          "ConfigMap kube-system/kube-proxy", // iptables
          "ConfigMap kube-public/cluster-info", // certificate and address
          "ConfigMap kube-system/extension-apiserver-authentication", // certificates
          "ConfigMap kube-system/kube-apiserver-legacy-service-account-token-tracking", // the date
          "Pod kube-system/kube-apiserver-kuar-control-plane", // --runtime-config=
          "Pod kube-system/kube-controller-manager-kuar-control-plane", // its host path provisioner
          "EndpointSlice kube-system/kube-dns-x", // its pods are ready here
          "Endpoints kube-system/kube-dns", // likewise
          "Lease kube-node-lease/kuar-control-plane", // times
          "Lease kube-system/apiserver-x",
          "Lease kube-system/kube-controller-manager",
          "Lease kube-system/kube-scheduler");

  /// What no kubeadm cluster has.
  private static final Set<String> ADDED =
      Set.of(
          "APIService v1beta1.metrics.k8s.io",
          "ClusterRole kindnet",
          "ClusterRole local-path-provisioner-role",
          "ClusterRoleBinding kindnet",
          "ClusterRoleBinding local-path-provisioner-bind",
          "ConfigMap local-path-storage/kube-root-ca.crt",
          "ConfigMap local-path-storage/local-path-config",
          "ControllerRevision kube-system/kindnet-x",
          "DaemonSet kube-system/kindnet",
          "Deployment local-path-storage/local-path-provisioner",
          "Namespace local-path-storage",
          "Pod kube-system/kindnet-x",
          "Pod local-path-storage/local-path-provisioner-x",
          "ReplicaSet local-path-storage/local-path-provisioner-x",
          "Role local-path-storage/local-path-provisioner-role",
          "RoleBinding local-path-storage/local-path-provisioner-bind",
          "Secret kube-system/bootstrap-token-abcdef", // the recording left out secrets
          "ServiceAccount kube-system/kindnet",
          "ServiceAccount local-path-storage/default",
          "ServiceAccount local-path-storage/local-path-provisioner-service-account",
          "StorageClass standard");

  /// What is not there yet.
  private static final Set<String> MISSING = Set.of("IPAddress 10.96.0.1", "IPAddress 10.96.0.10");

  private final EmbeddedCluster cluster =
      EmbeddedCluster.create(ClusterOptions.named("kuar", ClockKind.VIRTUAL, BIRTH, 7));

  @AfterEach
  void close() {
    cluster.close();
  }

  private Map<String, JsonObject> fresh() {
    Map<String, JsonObject> objects = new TreeMap<>();
    for (String resource : cluster.state().store().resources()) {
      cluster
          .state()
          .store()
          .list(resource, "")
          .map(StoredObject::object)
          .forEach(o -> put(objects, o));
    }
    return objects;
  }

  private static Map<String, JsonObject> recorded() {
    String text;
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(
                Recorded.bytes("/conformance/fresh-kubeadm-cluster-1.36.json.gz")))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, JsonObject> objects = new TreeMap<>();
    String renamed =
        text.replace("kind-control-plane", "kuar-control-plane")
            .replace("172.17.0.2", "172.18.0.2");
    ((JsonArray) parse(renamed)).objects().forEach(o -> put(objects, o));
    return objects;
  }

  private static dev.drydock.cluster.apimachinery.json.Json parse(String text) {
    try {
      return JsonParser.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Events tell how it came about, which is another story each time.
  private static void put(Map<String, JsonObject> objects, JsonObject object) {
    if (!object.string("kind").equals("Event")) {
      objects.put(key(object), object);
    }
  }

  private static String key(JsonObject object) {
    String namespace = ObjectMeta.namespace(object);
    return object.string("kind")
        + " "
        + (namespace.isEmpty() ? "" : namespace + "/")
        + anonymous(ObjectMeta.name(object));
  }

  /// A text without the parts that each cluster draws for itself.
  private static String anonymous(String text) {
    return text.replaceAll(
            "(coredns|kube-proxy|kindnet|kube-dns|local-path-provisioner)-(?=[a-z0-9]*[0-9])[a-z0-9]{5,10}(-[a-z0-9]{5})?",
            "$1-x")
        .replaceAll("(kube-proxy|kindnet|kube-dns)-[a-z0-9]{5}\\b", "$1-x")
        .replaceAll("apiserver-[a-z0-9]{26}", "apiserver-x")
        .replaceAll("kube-api-access-[a-z0-9]{5}", "kube-api-access-x")
        .replaceAll("\"pod-template-hash\":\"[a-z0-9]+\"", "\"pod-template-hash\":\"x\"")
        .replaceAll(
            "\"controller-revision-hash\":\"[a-z0-9]+\"", "\"controller-revision-hash\":\"x\"");
  }

  /// What an object says, apart from how it is.
  private static String content(JsonObject object) {
    JsonObject meaning =
        object
            .without("status")
            .without("metadata")
            .with("labels", object.object("metadata", "labels"))
            .with("annotations", annotations(object));
    return anonymous(sorted(meaning)).replaceAll("-----BEGIN[^\"]*|<left out>", "a certificate");
  }

  private static JsonObject annotations(JsonObject object) {
    JsonObject.Builder kept = JsonObject.builder();
    object
        .object("metadata", "annotations")
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("kubernetes.io/config.")
                  && !name.startsWith("endpoints.kubernetes.io/last-change")) {
                kept.put(name, value);
              }
            });
    return kept.build();
  }

  private static String sorted(dev.drydock.cluster.apimachinery.json.Json value) {
    return switch (value) {
      case JsonObject object -> {
        StringBuilder text = new StringBuilder("{");
        new TreeMap<>(object.fields())
            .forEach(
                (name, field) ->
                    text.append('"').append(name).append("\":").append(sorted(field)).append(','));
        yield text.append('}').toString();
      }
      case JsonArray array ->
          array.items().stream().map(FreshClusterTest::sorted).toList().toString();
      default -> new String(JsonWriter.bytes(value), StandardCharsets.UTF_8);
    };
  }

  @Test
  void hasTheObjectsOfTheRecordingAndKindsOwn() {
    Set<String> expected = new TreeSet<>(recorded().keySet());
    expected.addAll(ADDED);
    expected.removeAll(MISSING);

    assertThat(fresh().keySet()).containsExactlyElementsOf(expected);
  }

  @Test
  void itsObjectsSayWhatTheRecordedOnesSay() {
    Map<String, JsonObject> fresh = fresh();
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> actual = new TreeMap<>();
    recorded()
        .forEach(
            (key, object) -> {
              JsonObject ours = fresh.get(key);
              if (ours != null && !CONFIGURED_BY_KIND.contains(key)) {
                expected.put(key, content(object));
                actual.put(key, content(ours));
              }
            });

    assertThat(actual.entrySet()).hasSizeGreaterThan(250);
    assertThat(actual.entrySet()).containsExactlyElementsOf(expected.entrySet());
  }

  private Stream<JsonObject> systemPods() {
    return Stream.of("kube-system", "local-path-storage")
        .flatMap(
            namespace -> get("/api/v1/namespaces/" + namespace + "/pods").array("items").objects());
  }

  private JsonObject get(String target) {
    ApiResponse answer = cluster.request(ApiRequest.get(target));
    assertThat(answer.status()).as(target).isEqualTo(200);
    return answer.object();
  }

  @Test
  void everythingRunsAndIsReadyAtBirth() {
    assertThat(systemPods())
        .hasSize(9)
        .allSatisfy(
            pod -> {
              assertThat(pod.string("status", "phase"))
                  .as(ObjectMeta.name(pod))
                  .isEqualTo("Running");
              assertThat(pod.array("status", "containerStatuses").objects())
                  .as(ObjectMeta.name(pod))
                  .allMatch(container -> container.bool("ready"));
            });
    assertThat(get("/api/v1/events?fieldSelector=type%3DWarning").array("items").objects())
        .isEmpty();
  }

  @Test
  void aMirrorPodThatIsDeletedComesBackAndItsContainerGoesOn() {
    String path = "/api/v1/namespaces/kube-system/pods/etcd-kuar-control-plane";
    JsonObject before = get(path);

    assertThat(cluster.request(ApiRequest.delete(path)).status()).isEqualTo(200);

    JsonObject after = get(path);
    assertThat(ObjectMeta.uid(after)).isNotEqualTo(ObjectMeta.uid(before));
    assertThat(
            after.array("metadata", "ownerReferences").objects().toList().getFirst().string("kind"))
        .isEqualTo("Node");
    cluster.advance(Duration.ofSeconds(2));
    assertThat(containerId(get(path))).isNotEmpty().isEqualTo(containerId(before));
  }

  private static List<String> containerId(JsonObject pod) {
    return pod.array("status", "containerStatuses")
        .objects()
        .map(status -> status.string("containerID"))
        .toList();
  }

  @Test
  void controlPlaneProgramsHaveLogs() {
    ApiResponse log =
        cluster.request(
            ApiRequest.get(
                "/api/v1/namespaces/kube-system/pods/kube-scheduler-kuar-control-plane/log"));

    assertThat(log.text()).contains("successfully acquired lease kube-system/kube-scheduler");
  }

  @Test
  void theNodeKnowsItsImages() {
    assertThat(get("/api/v1/nodes/kuar-control-plane").array("status", "images").objects())
        .anyMatch(image -> image.array("names").strings().anyMatch(n -> n.contains("kindnetd")));
  }
}
