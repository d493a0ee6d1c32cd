package dev.drydock.cluster.durability;

import dev.drydock.cluster.cri.Disks;
import dev.drydock.cluster.loop.ClusterState;
import dev.drydock.cluster.storage.Store;
import java.time.Instant;

/// The part of a cluster's state that is kept: its objects, its time, its source of randomness and
/// what lies on disks. What components know follows from the objects; what runs is started again.
public record Durable(Store store, Instant now, long entropy, Disks disks) {
  static final Durable NOTHING = new Durable(Store.EMPTY, Instant.EPOCH, 0, Disks.NONE);

  public static Durable of(ClusterState state) {
    return new Durable(state.store(), state.now(), state.entropy(), Disks.of(state.runtime()));
  }
}
