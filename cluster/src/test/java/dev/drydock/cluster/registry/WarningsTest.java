package dev.drydock.cluster.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.cluster.admission.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WarningsTest {
  private static final TestServer SERVER = new TestServer();
  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: nginx%s}]%s}}";
  private static final String SERVICE = "{metadata: {name: s}, spec: {%s, ports: [{port: 80}]}}";
  private static final String PODS = "v1/namespaces/default/pods";
  private static final String SERVICES = "v1/namespaces/default/services";

  @AfterAll
  static void closes() {
    SERVER.close();
  }

  static Stream<Arguments> warnings() {
    return Stream.of(
        of(
            PODS,
            POD.formatted(", ports: [{containerPort: 80, hostIP: 1.2.3.4}]", ""),
            "spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0"
                + " ContainerPort:80 Protocol:TCP HostIP:1.2.3.4}"),
        of(
            PODS,
            POD.formatted(
                "",
                ", volumes: [{name: v, configMap: {name: c,"
                    + " items: [{key: a, path: x}, {key: b, path: x/z}]}}]"),
            "volume \"v\" (ConfigMap \"c\"): overlapping paths: \"x/z\" with \"x\""),
        of(
            PODS,
            POD.formatted("", ", volumes: [{name: v, projected: {sources: [{}]}}]"),
            "volume \"v\" (Projected) has no sources provided"),
        of(
            PODS,
            POD.formatted(
                "",
                ", affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
                    + " [{weight: 1, preference: {matchExpressions:"
                    + " [{key: beta.kubernetes.io/os, operator: Exists}]}}]}}"),
            "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]"
                + ".preference.matchExpressions[0].key: beta.kubernetes.io/os is deprecated since"
                + " v1.14; use \"kubernetes.io/os\" instead"),
        of(SERVICES, SERVICE.formatted("clusterIP: None")),
        of(
            SERVICES,
            SERVICE.formatted("clusterIP: None, sessionAffinity: ClientIP"),
            "spec.SessionAffinity is ignored for headless services"),
        of(
            SERVICES,
            SERVICE.formatted("trafficDistribution: PreferClose, externalName: x"),
            "spec.externalName is ignored when spec.type is not \"ExternalName\"",
            "spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\""),
        of(
            "v1/persistentvolumes",
            "{metadata: {name: v}, spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteOnce],"
                + " hostPath: {path: /x}, persistentVolumeReclaimPolicy: Recycle}}",
            "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead,"
                + " the recommended approach is to use dynamic provisioning."),
        of(
            "v1/namespaces/default/persistentvolumeclaims",
            "{metadata: {name: v}, spec: {accessModes: [ReadWriteOnce],"
                + " resources: {requests: {storage: 1500m}}}}",
            "spec.resources.requests[storage]: fractional byte value \"1500m\" is invalid, must be"
                + " an integer"));
  }

  private static Arguments of(String path, String manifest, String... warnings) {
    return Arguments.of(path, manifest, List.of(warnings));
  }

  @ParameterizedTest
  @MethodSource("warnings")
  void warnsAsUpstreamDoes(String path, String manifest, List<String> warnings) {
    assertThat(SERVER.post(path + "?dryRun=All", manifest).warnings()).isEqualTo(warnings);
  }

  @Test
  void saysNothingWhenAPodIsLabelled() {
    SERVER.create(PODS, "{metadata: {name: a.b}, spec: {containers: [{name: c, image: nginx}]}}");
    String label = "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}";
    assertThat(SERVER.patch(PODS + "/a.b", label).warnings()).isEmpty();
  }
}
