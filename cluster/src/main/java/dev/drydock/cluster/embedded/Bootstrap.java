package dev.drydock.cluster.embedded;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.leaderelection.ControlPlaneLeases;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/// Puts into a cluster what kubeadm and kind put there before anybody uses it.
final class Bootstrap {
  private Bootstrap() {}

  /// What there is before the first node.
  static void begin(Client client, Manifests manifests, String certificateAuthority) {
    manifests.objects().filter(o -> !isWorkload(o)).forEach(o -> client.create(resource(o), o));
    client.create("configmaps", authentication(certificateAuthority));
    client.create("configmaps", clusterInfo(certificateAuthority, manifests.controlPlane()));
  }

  /// What runs on the nodes.
  static void finish(Client client, Manifests manifests) {
    manifests.objects().filter(Bootstrap::isWorkload).forEach(o -> client.create(resource(o), o));
  }

  private static boolean isWorkload(JsonObject object) {
    return object.string("apiVersion").equals("apps/v1");
  }

  private static String resource(JsonObject object) {
    ApiResource resource = ResourceTable.builtIn().find(GroupVersionKind.of(object));
    return Objects.requireNonNull(resource).groupResource();
  }

  private static JsonObject configMap(String name, String namespace, JsonObject data) {
    return JsonObject.of(
        "metadata",
        JsonObject.of("name", Json.of(name), "namespace", Json.of(namespace)),
        "data",
        data);
  }

  private static JsonObject authentication(String certificateAuthority) {
    return configMap(
        "extension-apiserver-authentication",
        "kube-system",
        JsonObject.builder()
            .put("client-ca-file", certificateAuthority)
            .put("requestheader-allowed-names", "[\"front-proxy-client\"]")
            .put("requestheader-client-ca-file", certificateAuthority)
            .put("requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]")
            .put("requestheader-group-headers", "[\"X-Remote-Group\"]")
            .put("requestheader-username-headers", "[\"X-Remote-User\"]")
            .build());
  }

  /// What a node that wants to join finds out about the cluster.
  static JsonObject clusterInfo(String certificateAuthority, ControlPlaneLeases.Place place) {
    String authority =
        Base64.getEncoder().encodeToString(certificateAuthority.getBytes(StandardCharsets.UTF_8));
    String kubeConfig =
        """
        apiVersion: v1
        clusters:
        - cluster:
            certificate-authority-data: %s
            server: https://%s:6443
          name: ""
        contexts: null
        current-context: ""
        kind: Config
        users: null
        """
            .formatted(authority, place.node());
    return configMap(
        "cluster-info",
        "kube-public",
        JsonObject.of(
            "jws-kubeconfig-abcdef",
            Json.of(BootstrapToken.sign(kubeConfig)),
            "kubeconfig",
            Json.of(kubeConfig)));
  }
}
