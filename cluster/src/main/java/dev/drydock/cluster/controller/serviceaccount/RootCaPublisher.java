package dev.drydock.cluster.controller.serviceaccount;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.stream.Stream;

/// Publishes the cluster's root certificate in every namespace as the ConfigMap `kube-root-ca.crt`.
/// It takes the certificate from `extension-apiserver-authentication` in kube-system.
///
/// Models pkg/controller/certificates/rootcacertpublisher.
public final class RootCaPublisher extends Controller {
  private static final String NAME = "kube-root-ca.crt";
  private static final String DESCRIPTION =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal"
          + " endpoints such as the internal service IP or kubernetes.default.svc. No other usage is"
          + " guaranteed across distributions of Kubernetes clusters.";

  public RootCaPublisher() {
    super("root-ca-certificate-publisher-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("namespaces") || resource.equals("configmaps");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals("namespaces")) {
      return Stream.of(ObjectMeta.name(event.object()));
    }
    return ObjectMeta.name(event.object()).equals(NAME)
        ? Stream.of(ObjectMeta.namespace(event.object()))
        : Stream.empty();
  }

  @Override
  protected Duration reconcile(String namespace, ComponentContext context) {
    boolean active =
        context
            .client()
            .get("namespaces", "", namespace)
            .filter(object -> !ObjectMeta.isBeingDeleted(object))
            .isPresent();
    if (!active) {
      return Duration.ZERO;
    }
    String certificate =
        context
            .client()
            .get("configmaps", "kube-system", "extension-apiserver-authentication")
            .map(map -> map.object("data").string("client-ca-file"))
            .orElse("");
    JsonObject data = JsonObject.of("ca.crt", Json.of(certificate));
    var existing = context.client().get("configmaps", namespace, NAME);
    if (existing.isEmpty()) {
      context.client().create("configmaps", configMap(namespace, data));
    } else if (!existing.get().object("data").equals(data)) {
      context.client().update("configmaps", existing.get().with("data", data));
    }
    return Duration.ZERO;
  }

  private static JsonObject configMap(String namespace, JsonObject data) {
    JsonObject metadata =
        JsonObject.builder()
            .put("name", NAME)
            .put("namespace", namespace)
            .put("annotations", JsonObject.of("kubernetes.io/description", Json.of(DESCRIPTION)))
            .build();
    return JsonObject.of("metadata", metadata, "data", data);
  }
}
