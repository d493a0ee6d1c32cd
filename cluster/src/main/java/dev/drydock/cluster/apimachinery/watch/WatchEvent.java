package dev.drydock.cluster.apimachinery.watch;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// One change of an object.
///
/// @param resource as `pods` or `deployments.apps`
/// @param object the state after the change; of a deleted object the last one
/// @param previous the state before the change; empty for an addition
public record WatchEvent(Type type, String resource, JsonObject object, JsonObject previous) {

  /// What a watch event says; the names stand on the wire.
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED,
    BOOKMARK,
    ERROR
  }
}
