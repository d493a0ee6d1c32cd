package dev.drydock.cluster.controller.apiextensions;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Deletes the objects of a definition that is being deleted, and lets it go when none is left.
/// Models apiextensions-apiserver/pkg/controller/finalizer.
public final class FinalizingController extends Controller {
  private static final String FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
  private static final Set<String> BUILT_IN =
      ResourceTable.builtIn().resources().stream()
          .map(ApiResource::groupResource)
          .collect(Collectors.toUnmodifiableSet());

  public FinalizingController() {
    super("crd-finalizer");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(NamingController.DEFINITIONS) || !BUILT_IN.contains(resource);
  }

  /// A definition is named as its resource.
  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals(NamingController.DEFINITIONS)) {
      return ObjectMeta.isBeingDeleted(event.object())
          ? Stream.of(ObjectMeta.name(event.object()))
          : Stream.empty();
    }
    return event.type() == WatchEvent.Type.DELETED ? Stream.of(event.resource()) : Stream.empty();
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Client client = context.client();
    var definition =
        client
            .get(NamingController.DEFINITIONS, "", name)
            .filter(ObjectMeta::isBeingDeleted)
            .filter(d -> ObjectMeta.finalizers(d).strings().anyMatch(FINALIZER::equals));
    if (definition.isEmpty()) {
      return Duration.ZERO;
    }
    if (Conditions.isTrue(definition.get().object("status"), "Established")) {
      deleteAll(name, client);
    }
    if (client.list(name, "").isEmpty()) {
      release(definition.get(), client);
    }
    return Duration.ZERO;
  }

  private static void deleteAll(String resource, Client client) {
    for (JsonObject object : client.list(resource, "")) {
      if (!ObjectMeta.isBeingDeleted(object)) {
        client.delete(
            resource,
            ObjectMeta.namespace(object),
            ObjectMeta.name(object),
            DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(object)));
      }
    }
  }

  private static void release(JsonObject definition, Client client) {
    List<String> left =
        ObjectMeta.finalizers(definition).strings().filter(f -> !f.equals(FINALIZER)).toList();
    JsonObject _ =
        client.update(
            NamingController.DEFINITIONS,
            left.isEmpty()
                ? ObjectMeta.without(definition, "finalizers")
                : ObjectMeta.with(definition, "finalizers", JsonArray.ofStrings(left)));
  }
}
