package dev.drydock.cluster.controller.volume.protection;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.List;

/// Adds and removes one finalizer. Models pkg/util/slice and IsDeletionCandidate.
final class Finalizers {
  private Finalizers() {}

  static boolean has(JsonObject object, String finalizer) {
    return ObjectMeta.finalizers(object).strings().anyMatch(finalizer::equals);
  }

  static JsonObject added(JsonObject object, String finalizer) {
    return ObjectMeta.with(
        object, "finalizers", ObjectMeta.finalizers(object).plus(Json.of(finalizer)));
  }

  static JsonObject removed(JsonObject object, String finalizer) {
    List<String> left =
        ObjectMeta.finalizers(object).strings().filter(f -> !f.equals(finalizer)).toList();
    return left.isEmpty()
        ? ObjectMeta.without(object, "finalizers")
        : ObjectMeta.with(object, "finalizers", JsonArray.ofStrings(left));
  }
}
