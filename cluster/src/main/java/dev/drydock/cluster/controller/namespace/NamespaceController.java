package dev.drydock.cluster.controller.namespace;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Deletes what is in a namespace that is being deleted; when nothing is left, removes its
/// finalizer.
///
/// Models pkg/controller/namespace/deletion.
public final class NamespaceController extends Controller {
  private static List<String> namespaced(Client client) {
    return client.resources().resources().stream()
        .filter(ApiResource::namespaced)
        .filter(ApiResource::stored)
        .map(ApiResource::groupResource)
        .filter(resource -> !resource.equals("events.events.k8s.io"))
        .distinct()
        .toList();
  }

  public NamespaceController() {
    super("namespace-controller");
  }

  @Override
  public boolean watches(String resource) {
    return true;
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals("namespaces")) {
      return ObjectMeta.isBeingDeleted(event.object()) && event.type() != WatchEvent.Type.DELETED
          ? Stream.of(ObjectMeta.name(event.object()))
          : Stream.empty();
    }
    String namespace = ObjectMeta.namespace(event.object());
    return event.type() == WatchEvent.Type.DELETED && isTerminating(namespace, context)
        ? Stream.of(namespace)
        : Stream.empty();
  }

  private static boolean isTerminating(String namespace, ComponentContext context) {
    return !namespace.isEmpty()
        && context
            .client()
            .get("namespaces", "", namespace)
            .filter(ObjectMeta::isBeingDeleted)
            .isPresent();
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Client client = context.client();
    var namespace = client.get("namespaces", "", name).filter(ObjectMeta::isBeingDeleted);
    if (namespace.isEmpty()) {
      return Duration.ZERO;
    }
    boolean empty = true;
    for (String resource : namespaced(client)) {
      for (JsonObject object : client.list(resource, name)) {
        if (!ObjectMeta.isBeingDeleted(object)) {
          client.delete(
              resource,
              name,
              ObjectMeta.name(object),
              DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(object)));
        }
        empty &= client.get(resource, name, ObjectMeta.name(object)).isEmpty();
      }
    }
    if (empty) {
      client.finalizeNamespace(namespace.get().withAt(JsonArray.EMPTY, "spec", "finalizers"));
    }
    return Duration.ZERO;
  }
}
