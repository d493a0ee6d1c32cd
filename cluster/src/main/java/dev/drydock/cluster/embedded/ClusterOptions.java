package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import java.time.Instant;

/// How a new embedded cluster is made. The same options under the virtual clock give the same
/// history.
///
/// @param birth cluster time at which the cluster is ready
/// @param seed of all that is random in it: uids, generated names, token ids
public record ClusterOptions(
    String name, ImmutableList<NodeOptions> nodes, ClockKind clock, Instant birth, long seed) {

  /// How cluster time passes.
  public enum ClockKind {
    /// With the wall clock, from birth on.
    REAL,
    /// Only by {@link EmbeddedCluster#advance} and {@link EmbeddedCluster#runUntil}, and while
    /// outside clients wait.
    VIRTUAL
  }

  /// One node and what it can hold.
  ///
  /// @param cpu a quantity, such as `4`
  /// @param memory a quantity, such as `8Gi`
  public record NodeOptions(
      String name, boolean controlPlane, String cpu, String memory, int pods) {}

  /// One schedulable control-plane node, named like kind's. It has the 2 CPUs and the memory of the
  /// node on which the real Kubernetes was recorded, so that shares of them agree.
  public static ClusterOptions named(String name, ClockKind clock, Instant birth, long seed) {
    return new ClusterOptions(
        name,
        ImmutableList.of(new NodeOptions(name + "-control-plane", true, "2", "24684084Ki", 110)),
        clock,
        birth,
        seed);
  }
}
