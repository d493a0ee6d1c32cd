package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.storage.StoredObject;
import java.nio.charset.StandardCharsets;

/// What a node's kubelet answers through the `proxy` subresource: its health and its pods; every
/// other page of it is not there.
///
/// Models pkg/kubelet/server.
final class NodeProxy {
  private static final String KUBELET_PORT = "10250";

  private NodeProxy() {}

  static Reply answer(ServerRequest request, ResourceStore store) {
    String[] parts = request.info().name().split(":", -1);
    String name = parts.length == 3 ? parts[1] : parts[0];
    String port = parts.length == 1 ? KUBELET_PORT : parts[parts.length - 1];
    JsonObject node = store.get(ReadHandler.context(request), "", name).object();
    if (!port.isEmpty() && !port.equals(KUBELET_PORT)) {
      throw StatusException.of(
          StatusReason.SERVICE_UNAVAILABLE,
          "error trying to reach service: dial tcp %s:%s: connect: connection refused"
              .formatted(address(node), port));
    }
    String path = request.info().path();
    return switch (path.substring(path.indexOf("/proxy") + "/proxy".length())) {
      case "/healthz" -> text(200, "ok");
      case "/pods", "/pods/", "/runningpods/" -> pods(request, name);
      default -> text(404, "404 page not found\n");
    };
  }

  private static String address(JsonObject node) {
    return node.array("status", "addresses")
        .objects()
        .map(address -> address.string("address"))
        .findFirst()
        .orElse("");
  }

  private static Reply text(int status, String text) {
    return new Reply.Document(
        status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), "");
  }

  private static Reply pods(ServerRequest request, String node) {
    JsonArray pods =
        JsonArray.copyOf(
            request
                .transaction()
                .store()
                .list("pods", "")
                .map(StoredObject::object)
                .filter(pod -> pod.string("spec", "nodeName").equals(node))
                .map(pod -> ObjectMeta.without(pod, "managedFields"))
                .toList());
    JsonObject list =
        JsonObject.builder()
            .put("kind", "PodList")
            .put("apiVersion", "v1")
            .put("metadata", JsonObject.EMPTY)
            .put("items", pods)
            .build();
    return new Reply.Document(200, "application/json", JsonWriter.bytes(list), "");
  }
}
