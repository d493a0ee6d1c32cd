package dev.drydock.cluster.admission.policy;

import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// Where a webhook is called, and why nobody answers there. Models apiserver/pkg/util/webhook and
/// pkg/util/proxy.
final class WebhookTarget {
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";

  private WebhookTarget() {}

  static String url(JsonObject webhook) {
    JsonObject config = webhook.object("clientConfig");
    String timeout = "timeout=" + webhook.integer(10, "timeoutSeconds") + "s";
    if (!config.has("service")) {
      String url = config.string("url");
      return url + (url.contains("?") ? "&" : "?") + timeout;
    }
    JsonObject service = config.object("service");
    String path = service.string("path");
    return "https://%s.%s.svc:%d%s?%s"
        .formatted(
            service.string("name"),
            service.string("namespace"),
            service.integer(443, "port"),
            path.isEmpty() || path.startsWith("/") ? (path.isEmpty() ? "/" : path) : "/" + path,
            timeout);
  }

  static String failure(JsonObject webhook, AdmissionRequest request) {
    JsonObject config = webhook.object("clientConfig");
    if (!config.has("service")) {
      return "dial tcp: lookup %s: no such host".formatted(host(config.string("url")));
    }
    String name = config.string("service", "name");
    String namespace = config.string("service", "namespace");
    Optional<JsonObject> service = request.find("services", namespace, name);
    if (service.isEmpty()) {
      return "service \"%s\" not found".formatted(name);
    }
    if (!hasEndpoints(namespace, name, request)) {
      return "no endpoints available for service \"%s\"".formatted(name);
    }
    return "dial tcp %s:%d: connect: connection refused"
        .formatted(
            service.get().string("spec", "clusterIP"),
            config.object("service").integer(443, "port"));
  }

  private static String host(String url) {
    try {
      String host = new URI(url).getHost();
      return host == null ? url : host;
    } catch (URISyntaxException e) {
      return url;
    }
  }

  private static boolean hasEndpoints(String namespace, String name, AdmissionRequest request) {
    return request
        .list("endpointslices.discovery.k8s.io", namespace)
        .filter(slice -> name.equals(ObjectMeta.labels(slice).get(SERVICE_LABEL)))
        .flatMap(slice -> slice.array("endpoints").objects())
        .anyMatch(endpoint -> !JsonBoolean.FALSE.equals(endpoint.at("conditions", "ready")));
  }
}
