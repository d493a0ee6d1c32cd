package dev.drydock.cluster.storage;

import org.jspecify.annotations.Nullable;

/// One change of the store.
///
/// @param object the state after the change; for a deletion the last state, with the deletion's
///   revision
/// @param previous the state before, null for an addition
public record StoreEvent(
    Type type, ObjectKey key, StoredObject object, @Nullable StoredObject previous) {

  /// What happened to the object; the names are those of watch events.
  public enum Type {
    ADDED,
    MODIFIED,
    DELETED
  }

  public long revision() {
    return object.revision();
  }
}
