package dev.drydock.server.cluster;

import com.google.common.collect.ImmutableList;

/// A cluster as the page draws it: nodes as berths, pods as boats. Each mark is a field of an
/// object.
///
/// @param message why there is nothing to see; empty when the state is ready
public record ClusterPicture(
    State state, String message, String name, ImmutableList<Node> nodes, ImmutableList<Pod> pods) {

  public enum State {
    STARTING,
    READY,
    UNAVAILABLE
  }

  /// How a pod fares, in one word.
  public enum Kind {
    RUNNING,
    STARTING,
    FAILING,
    LEAVING,
    DONE
  }

  public record Node(String name, boolean ready, long cpuMillis, long memoryBytes) {}

  /// @param status as in the STATUS column of `kubectl get pods`
  /// @param ready as in its READY column
  public record Pod(
      String namespace,
      String name,
      String node,
      String status,
      Kind kind,
      String ready,
      int restarts,
      long cpuMillis,
      long memoryBytes,
      ImmutableList<Container> containers) {}

  public record Container(String name, String image, String state, boolean ready) {}

  public static ClusterPicture starting(String message) {
    return without(State.STARTING, message);
  }

  public static ClusterPicture unavailable(String message) {
    return without(State.UNAVAILABLE, message);
  }

  private static ClusterPicture without(State state, String message) {
    return new ClusterPicture(state, message, "", ImmutableList.of(), ImmutableList.of());
  }
}
