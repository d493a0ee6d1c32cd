package dev.drydock.cluster.embedded;

import dev.drydock.cluster.loop.ClusterState;
import java.time.Instant;

/// A moment of a cluster that it can be taken back to. Costs what has changed since.
public final class Checkpoint {
  private final String label;
  private final ClusterState state;

  Checkpoint(String label, ClusterState state) {
    this.label = label;
    this.state = state;
  }

  /// What it was taken for; empty for one that was taken because a minute had passed.
  public String label() {
    return label;
  }

  /// Cluster time then.
  public Instant time() {
    return state.now();
  }

  ClusterState state() {
    return state;
  }
}
