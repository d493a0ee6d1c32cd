package dev.drydock.cluster.controller.garbagecollector;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Follows owner references: deletes dependents whose owners are gone, orphans or first deletes the
/// dependents of an owner whose finalizers ask for it. Models pkg/controller/garbagecollector.
public final class GarbageCollector extends Controller {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";

  private static List<String> resources(Client client) {
    return client.resources().resources().stream()
        .filter(ApiResource::stored)
        .map(ApiResource::groupResource)
        .filter(resource -> !resource.equals("events.events.k8s.io"))
        .filter(resource -> !resource.equals("events"))
        .distinct()
        .toList();
  }

  public GarbageCollector() {
    super("garbage-collector-controller");
  }

  @Override
  public boolean watches(String resource) {
    return !resource.equals("events");
  }

  /// A key is `resource namespace/name`.
  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject object = event.object();
    if (event.type() == WatchEvent.Type.DELETED) {
      return dependents(context.client(), object);
    }
    boolean owned = !ObjectMeta.ownerReferences(object).isEmpty();
    boolean finalizing = ObjectMeta.isBeingDeleted(object) && hasOwnFinalizer(object);
    return owned || finalizing ? Stream.of(key(event.resource(), object)) : Stream.empty();
  }

  private static boolean hasOwnFinalizer(JsonObject object) {
    return ObjectMeta.finalizers(object)
        .strings()
        .anyMatch(finalizer -> finalizer.equals(ORPHAN) || finalizer.equals(FOREGROUND));
  }

  private static String key(String resource, JsonObject object) {
    return resource + " " + key(object);
  }

  private static Stream<String> dependents(Client client, JsonObject owner) {
    String uid = ObjectMeta.uid(owner);
    String blocked =
        ObjectMeta.ownerReferences(owner)
            .objects()
            .findFirst()
            .map(reference -> ownerKey(reference, ObjectMeta.namespace(owner), client))
            .orElse("");
    Stream<String> below =
        resources(client).stream()
            .flatMap(
                resource ->
                    client.list(resource, "").stream()
                        .filter(object -> isOwnedBy(object, uid))
                        .map(object -> key(resource, object)));
    return blocked.isEmpty() ? below : Stream.concat(below, Stream.of(blocked));
  }

  private static String ownerKey(JsonObject reference, String namespace, Client client) {
    return resource(reference, client)
        .map(
            resource ->
                resource.groupResource()
                    + " "
                    + (resource.namespaced() ? namespace + "/" : "")
                    + reference.string("name"))
        .orElse("");
  }

  private static boolean isOwnedBy(JsonObject object, String uid) {
    return ObjectMeta.ownerReferences(object)
        .objects()
        .anyMatch(owner -> owner.string("uid").equals(uid));
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    String resource = key.substring(0, key.indexOf(' '));
    String path = key.substring(key.indexOf(' ') + 1);
    Optional<JsonObject> found = client.get(resource, namespaceOf(path), nameOf(path));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject object = found.get();
    if (ObjectMeta.isBeingDeleted(object) && hasOwnFinalizer(object)) {
      releaseDependents(resource, object, client);
    } else if (!ObjectMeta.isBeingDeleted(object)) {
      collect(resource, object, client);
    }
    return Duration.ZERO;
  }

  private static void collect(String resource, JsonObject object, Client client) {
    JsonArray owners = ObjectMeta.ownerReferences(object);
    if (owners.isEmpty()) {
      return;
    }
    List<JsonObject> left =
        owners.objects().filter(owner -> exists(owner, object, client)).toList();
    if (left.isEmpty()) {
      client.delete(
          resource,
          ObjectMeta.namespace(object),
          ObjectMeta.name(object),
          DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(object)));
    } else if (left.size() < owners.size()) {
      client.update(resource, ObjectMeta.with(object, "ownerReferences", JsonArray.copyOf(left)));
    }
  }

  private static boolean exists(JsonObject reference, JsonObject dependent, Client client) {
    Optional<ApiResource> resource = resource(reference, client);
    if (resource.isEmpty()) {
      return true;
    }
    String namespace = resource.get().namespaced() ? ObjectMeta.namespace(dependent) : "";
    return client
        .get(resource.get().groupResource(), namespace, reference.string("name"))
        .filter(owner -> ObjectMeta.uid(owner).equals(reference.string("uid")))
        .isPresent();
  }

  private static Optional<ApiResource> resource(JsonObject reference, Client client) {
    @Nullable ApiResource resource =
        client
            .resources()
            .find(
                GroupVersion.parse(reference.string("apiVersion")).kind(reference.string("kind")));
    return Optional.ofNullable(resource);
  }

  private static void releaseDependents(String resource, JsonObject owner, Client client) {
    boolean orphan = ObjectMeta.finalizers(owner).strings().anyMatch(ORPHAN::equals);
    boolean waiting = false;
    for (String dependentResource : resources(client)) {
      for (JsonObject dependent : client.list(dependentResource, "")) {
        if (!isOwnedBy(dependent, ObjectMeta.uid(owner))) {
          continue;
        }
        if (orphan) {
          client.update(dependentResource, withoutOwner(dependent, ObjectMeta.uid(owner)));
        } else {
          waiting = true;
          deleteOnce(dependentResource, dependent, client);
        }
      }
    }
    if (!waiting) {
      removeFinalizer(resource, owner, orphan ? ORPHAN : FOREGROUND, client);
    }
  }

  private static void deleteOnce(String resource, JsonObject dependent, Client client) {
    if (!ObjectMeta.isBeingDeleted(dependent)) {
      client.delete(
          resource,
          ObjectMeta.namespace(dependent),
          ObjectMeta.name(dependent),
          new DeleteOptions(-1, "Foreground", ObjectMeta.uid(dependent)));
    }
  }

  private static JsonObject withoutOwner(JsonObject dependent, String uid) {
    return withList(
        dependent,
        "ownerReferences",
        ObjectMeta.ownerReferences(dependent),
        owner -> !owner.string("uid").equals(uid));
  }

  private static JsonObject withList(
      JsonObject object, String field, JsonArray list, Predicate<JsonObject> keep) {
    JsonArray left = JsonArray.copyOf(list.objects().filter(keep).toList());
    return left.isEmpty()
        ? ObjectMeta.without(object, field)
        : ObjectMeta.with(object, field, left);
  }

  private static void removeFinalizer(
      String resource, JsonObject owner, String finalizer, Client client) {
    List<String> left =
        ObjectMeta.finalizers(owner).strings().filter(f -> !f.equals(finalizer)).toList();
    JsonObject released =
        left.isEmpty()
            ? ObjectMeta.without(owner, "finalizers")
            : ObjectMeta.with(owner, "finalizers", JsonArray.ofStrings(left));
    client.update(resource, released);
  }
}
