package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.ResourceStore.Deletion;
import dev.drydock.cluster.registry.rest.WriteOptions;
import dev.drydock.cluster.storage.StoredObject;
import java.util.List;
import java.util.Optional;

/// Creates, updates, patches and deletes. Models apiserver/pkg/endpoints/handlers.
public final class WriteHandler {
  private final RequestBodies bodies;
  private final Patches patches;

  public WriteHandler(RequestBodies bodies, Patches patches) {
    this.bodies = bodies;
    this.patches = patches;
  }

  public Reply create(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    JsonObject body = bodies.decode(request, store);
    JsonObject created =
        store.create(
            ReadHandler.context(request),
            info.namespace(),
            store.representation().conversion().toStored(body),
            options(request));
    warn(request, store, created);
    return new Reply.Single(201, store.shown(created));
  }

  /// Of what changed through a subresource, nothing is said.
  static void warnOfChange(
      ServerRequest request, ResourceStore store, Optional<StoredObject> old, JsonObject updated) {
    if (request.info().subresource().isEmpty() && old.isPresent()) {
      request.warnings().addAll(store.strategy().warningsOnUpdate(updated, old.get().object()));
    }
  }

  static void warn(ServerRequest request, ResourceStore store, JsonObject object) {
    request.warnings().addAll(store.strategy().warnings(object));
  }

  public Reply update(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    JsonObject body = bodies.decode(request, store);
    if (ObjectMeta.name(body).isEmpty()) {
      throw StatusException.badRequest("name must be provided");
    }
    boolean creates =
        store.strategy().allowCreateOnUpdate()
            && store.find(ReadHandler.context(request), info.namespace(), info.name()).isEmpty();
    if (creates) {
      return create(request, store);
    }
    Optional<StoredObject> old =
        store.find(ReadHandler.context(request), info.namespace(), info.name());
    JsonObject updated =
        store.update(
            ReadHandler.context(request),
            info.namespace(),
            info.name(),
            info.subresource(),
            _ -> store.representation().conversion().toStored(body),
            options(request));
    warnOfChange(request, store, old, updated);
    return new Reply.Single(200, store.shown(updated));
  }

  public Reply patch(ServerRequest request, ResourceStore store) {
    return patches.patch(request, store);
  }

  public Reply delete(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    Deletion deletion =
        store.delete(
            ReadHandler.context(request),
            info.namespace(),
            info.name(),
            deleteOptions(request),
            deletionOptions(request));
    return deletion.gone() && !ReturnsDeleted.object(store)
        ? new Reply.Single(200, deleted(deletion.object(), store))
        : new Reply.Single(200, store.shown(deletion.object()));
  }

  /// Which resources answer a deletion with the object itself rather than a `Status`.
  private static final class ReturnsDeleted {
    static boolean object(ResourceStore store) {
      return switch (store.storageName()) {
        case "pods",
            "services",
            "serviceaccounts",
            "resourcequotas",
            "persistentvolumes",
            "persistentvolumeclaims",
            "podtemplates",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "storageclasses.storage.k8s.io",
            "volumeattachments.storage.k8s.io" ->
            true;
        default -> false;
      };
    }
  }

  private static JsonObject deleted(JsonObject object, ResourceStore store) {
    JsonObject details =
        JsonObject.builder()
            .put("name", ObjectMeta.name(object))
            .putUnlessEmpty("group", store.resource().groupVersion().group())
            .put("kind", store.resource().plural())
            .put("uid", ObjectMeta.uid(object))
            .build();
    return JsonObject.builder()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("metadata", JsonObject.EMPTY)
        .put("status", "Success")
        .put("details", details)
        .build();
  }

  public Reply deleteCollection(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    Selectors selectors = Selectors.of(info.query(), store);
    JsonObject options = deleteOptions(request);
    List<StoredObject> all =
        store
            .list(
                ReadHandler.context(request),
                info.namespace(),
                selectors.labels(),
                selectors.fields())
            .toList();
    for (StoredObject stored : all) {
      store.delete(
          ReadHandler.context(request),
          ObjectMeta.namespace(stored.object()),
          ObjectMeta.name(stored.object()),
          options,
          deletionOptions(request));
    }
    return new Reply.Single(
        200,
        JsonObject.builder()
            .put("kind", store.resource().listKind())
            .put("apiVersion", store.resource().groupVersion().toString())
            .put(
                "metadata",
                JsonObject.of(
                    "resourceVersion",
                    Json.of(Long.toString(request.transaction().store().revision()))))
            .put(
                "items",
                JsonArray.copyOf(all.stream().map(StoredObject::object).map(store::shown).toList()))
            .build());
  }

  private JsonObject deleteOptions(ServerRequest request) {
    JsonObject options =
        request.raw().body().length == 0 ? JsonObject.EMPTY : bodies.decodeOptions(request);
    var query = request.info().query();
    JsonObject.Builder merged = options.toBuilder();
    if (query.has("gracePeriodSeconds")) {
      merged.put("gracePeriodSeconds", query.number("gracePeriodSeconds", -1));
    }
    if (query.has("propagationPolicy")) {
      merged.put("propagationPolicy", query.get("propagationPolicy"));
    }
    JsonObject all = merged.build();
    RequestOptions.checkDelete(query, all);
    return all;
  }

  private static WriteOptions deletionOptions(ServerRequest request) {
    return new WriteOptions(request.isDryRun(), managerOf(request));
  }

  static WriteOptions options(ServerRequest request) {
    RequestOptions.checkWrite(request);
    String manager = request.info().query().get("fieldManager");
    return new WriteOptions(request.isDryRun(), manager.isEmpty() ? managerOf(request) : manager);
  }

  /// The manager of a client that names none: the first part of its user agent.
  private static String managerOf(ServerRequest request) {
    String agent = request.raw().header("user-agent");
    String first = agent.split("/", 2)[0];
    return first.isEmpty() ? "unknown" : first;
  }
}
