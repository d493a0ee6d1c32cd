package dev.drydock.cluster.apimachinery.meta;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Reads and changes the `metadata` of an object. Models metav1.ObjectMeta.
public final class ObjectMeta {
  private ObjectMeta() {}

  public static String name(JsonObject object) {
    return object.string("metadata", "name");
  }

  /// Empty for cluster-scoped objects.
  public static String namespace(JsonObject object) {
    return object.string("metadata", "namespace");
  }

  public static String uid(JsonObject object) {
    return object.string("metadata", "uid");
  }

  public static String resourceVersion(JsonObject object) {
    return object.string("metadata", "resourceVersion");
  }

  public static ImmutableMap<String, String> labels(JsonObject object) {
    return object.strings("metadata", "labels");
  }

  public static ImmutableMap<String, String> annotations(JsonObject object) {
    return object.strings("metadata", "annotations");
  }

  public static JsonArray finalizers(JsonObject object) {
    return object.array("metadata", "finalizers");
  }

  public static JsonArray ownerReferences(JsonObject object) {
    return object.array("metadata", "ownerReferences");
  }

  /// The owner that manages the object, if any.
  public static Optional<JsonObject> controllerOf(JsonObject object) {
    return ownerReferences(object).objects().filter(owner -> owner.bool("controller")).findFirst();
  }

  public static boolean isBeingDeleted(JsonObject object) {
    return object.at("metadata", "deletionTimestamp") != null;
  }

  public static JsonObject with(JsonObject object, String field, Json value) {
    return change(object, metadata -> metadata.with(field, value));
  }

  public static JsonObject without(JsonObject object, String field) {
    return change(object, metadata -> metadata.without(field));
  }

  public static JsonObject change(JsonObject object, UnaryOperator<JsonObject> change) {
    return object.withObject("metadata", change);
  }
}
