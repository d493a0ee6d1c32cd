package dev.drydock.cluster.durability;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// Clusters as bytes.
public final class Snapshots {
  private Snapshots() {}

  /// What a snapshot holds.
  ///
  /// @param about what whoever made it said of the cluster
  public record Content(JsonObject about, Durable state) {}

  public static byte[] write(JsonObject about, Durable state) {
    return Snapshot.bytes(about, state);
  }

  /// @throws DurabilityException when these bytes are no snapshot, are not all of one, or are one
  ///   of a later version
  public static Content read(byte[] bytes) throws DurabilityException {
    Snapshot snapshot = Snapshot.read(bytes);
    return new Content(snapshot.about(), snapshot.replay().state());
  }
}
