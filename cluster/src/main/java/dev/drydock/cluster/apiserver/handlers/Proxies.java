package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apiserver.LongRunning;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.registry.rest.ResourceStore;

/// Where a request through the `proxy` subresource of a pod or service goes.
///
/// Models pkg/registry/core/pod.ResourceLocation and service.ResourceLocation.
final class Proxies {
  private Proxies() {}

  static LongRunning of(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    String[] parts = info.name().split(":", -1);
    String name = parts.length == 3 ? parts[1] : parts[0];
    String port = parts.length == 3 ? parts[2] : parts.length == 2 ? parts[1] : "";
    JsonObject object = store.get(ReadHandler.context(request), info.namespace(), name).object();
    return switch (store.storageName()) {
      case "pods" -> pod(object, port, info);
      case "services" -> service(object, port, info, request);
      default -> throw new IllegalArgumentException("not proxied: " + store.storageName());
    };
  }

  private static LongRunning pod(JsonObject pod, String port, RequestInfo info) {
    String ip = pod.string("status", "podIP");
    if (ip.isEmpty()) {
      throw StatusException.badRequest("address not allowed");
    }
    int number = port.isEmpty() ? firstPort(pod) : podPort(pod, port);
    return new LongRunning.Proxy(ip, number, path(info));
  }

  private static int firstPort(JsonObject pod) {
    return pod.array("spec", "containers")
        .objects()
        .flatMap(container -> container.array("ports").objects())
        .map(port -> (int) port.integer(80, "containerPort"))
        .findFirst()
        .orElse(80);
  }

  private static int podPort(JsonObject pod, String port) {
    return pod.array("spec", "containers")
        .objects()
        .flatMap(container -> container.array("ports").objects())
        .filter(candidate -> candidate.string("name").equals(port))
        .map(candidate -> (int) candidate.integer(0, "containerPort"))
        .findFirst()
        .orElseGet(() -> number(port));
  }

  private static int number(String port) {
    try {
      return Integer.parseInt(port);
    } catch (NumberFormatException e) {
      throw StatusException.badRequest("invalid port \"" + port + "\"");
    }
  }

  private static LongRunning service(
      JsonObject service, String port, RequestInfo info, ServerRequest request) {
    JsonObject chosen =
        service
            .array("spec", "ports")
            .objects()
            .filter(
                candidate ->
                    port.isEmpty()
                        || candidate.string("name").equals(port)
                        || Long.toString(candidate.integer(0, "port")).equals(port))
            .findFirst()
            .orElseThrow(
                () ->
                    StatusException.of(
                        StatusReason.SERVICE_UNAVAILABLE,
                        "no service port \"%s\" found for service \"%s\""
                            .formatted(port, service.string("metadata", "name"))));
    boolean anyReady =
        request
            .transaction()
            .store()
            .list("endpointslices.discovery.k8s.io", info.namespace())
            .filter(
                slice ->
                    slice
                        .object()
                        .object("metadata", "labels")
                        .string("kubernetes.io/service-name")
                        .equals(service.string("metadata", "name")))
            .flatMap(slice -> slice.object().array("endpoints").objects())
            .anyMatch(endpoint -> endpoint.bool("conditions", "ready"));
    if (!anyReady) {
      throw StatusException.of(
          StatusReason.SERVICE_UNAVAILABLE,
          "no endpoints available for service \"%s\"".formatted(info.name()));
    }
    return new LongRunning.Proxy(
        service.string("spec", "clusterIP"), (int) chosen.integer(0, "port"), path(info));
  }

  /// What follows `proxy/` in the request's path, with the query.
  private static String path(RequestInfo info) {
    int at = info.path().indexOf("/proxy");
    String rest = at < 0 ? "" : info.path().substring(at + "/proxy".length());
    StringBuilder path = new StringBuilder(rest.isEmpty() ? "/" : rest);
    if (!info.query().values().isEmpty()) {
      path.append('?');
      path.append(
          info.query().values().entries().stream()
              .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
              .reduce((a, b) -> a + "&" + b)
              .orElse(""));
    }
    return path.toString();
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }
}
