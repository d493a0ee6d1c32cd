package dev.drydock.cluster.controller;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Who manages an object: owner references to controllers, adoption and release. Models
/// controller_ref_manager.go of pkg/controller.
public final class Owners {
  private Owners() {}

  /// The owner reference of what a controller made for an object.
  public static JsonObject reference(JsonObject owner) {
    return JsonObject.builder()
        .put("apiVersion", owner.string("apiVersion"))
        .put("kind", owner.string("kind"))
        .put("name", ObjectMeta.name(owner))
        .put("uid", ObjectMeta.uid(owner))
        .put("controller", true)
        .put("blockOwnerDeletion", true)
        .build();
  }

  public static boolean controls(JsonObject owner, JsonObject object) {
    return ObjectMeta.controllerOf(object)
        .filter(reference -> reference.string("uid").equals(ObjectMeta.uid(owner)))
        .isPresent();
  }

  /// The objects that an owner controls, after it has taken the orphans that its selector matches
  /// and let go of those of its own that it no longer matches.
  public static List<JsonObject> claim(
      Client client, String resource, JsonObject owner, Selector selector) {
    String namespace = ObjectMeta.namespace(owner);
    List<JsonObject> own = client.controlled(resource, namespace, ObjectMeta.uid(owner));
    List<JsonObject> orphans = client.controlled(resource, namespace, "");
    return Stream.concat(own.stream(), orphans.stream())
        .sorted(Comparator.comparing(ObjectMeta::name))
        .flatMap(object -> claimed(client, resource, owner, selector, object).stream())
        .toList();
  }

  private static Optional<JsonObject> claimed(
      Client client, String resource, JsonObject owner, Selector selector, JsonObject object) {
    boolean matches = selector.matches(ObjectMeta.labels(object));
    if (ObjectMeta.controllerOf(object).isPresent()) {
      if (!controls(owner, object)) {
        return Optional.empty();
      }
      if (!matches && !ObjectMeta.isBeingDeleted(owner)) {
        client.update(resource, released(object, owner));
      }
      return matches ? Optional.of(object) : Optional.empty();
    }
    if (!matches || ObjectMeta.isBeingDeleted(owner) || ObjectMeta.isBeingDeleted(object)) {
      return Optional.empty();
    }
    JsonArray owners = ObjectMeta.ownerReferences(object).plus(reference(owner));
    return Optional.of(client.update(resource, ObjectMeta.with(object, "ownerReferences", owners)));
  }

  private static JsonObject released(JsonObject object, JsonObject owner) {
    List<JsonObject> left =
        ObjectMeta.ownerReferences(object)
            .objects()
            .filter(reference -> !reference.string("uid").equals(ObjectMeta.uid(owner)))
            .toList();
    return left.isEmpty()
        ? ObjectMeta.without(object, "ownerReferences")
        : ObjectMeta.with(object, "ownerReferences", JsonArray.copyOf(left));
  }

  /// The keys of the owners that a change of one of their objects concerns: who controls it, who
  /// did before, and, for an orphan, all whose selectors match it.
  ///
  /// @param resource of the owners
  /// @param kind of the owners
  public static Stream<String> keys(
      WatchEvent event, Client client, String resource, String kind, Selecting selecting) {
    JsonObject object = event.object();
    String namespace = ObjectMeta.namespace(object);
    Stream<String> controllers =
        Stream.of(object, event.previous())
            .flatMap(state -> ObjectMeta.controllerOf(state).stream())
            .filter(reference -> reference.string("kind").equals(kind))
            .map(reference -> namespace + "/" + reference.string("name"));
    if (ObjectMeta.controllerOf(object).isPresent() || event.type() == WatchEvent.Type.DELETED) {
      return controllers.distinct();
    }
    Stream<String> matching =
        client.list(resource, namespace).stream()
            .filter(owner -> selecting.selector(owner).matches(ObjectMeta.labels(object)))
            .map(Controller::key);
    return Stream.concat(controllers, matching).distinct();
  }

  /// Reads the selector of an owner.
  @FunctionalInterface
  public interface Selecting {
    Selector selector(JsonObject owner);

    /// The `metav1.LabelSelector` in `spec.selector`.
    static Selector ofSpec(JsonObject owner) {
      return Selector.ofLabelSelector(owner.object("spec", "selector"));
    }
  }
}
