package dev.drydock.cluster.scheduler.framework;

/// What a filter plugin finds out about a pod before it looks at single nodes.
public sealed interface PreFilterResult {

  /// No node refuses this pod for this plugin's reasons.
  PreFilterResult SKIP = new PerNode(_ -> Status.SUCCESS);

  /// It depends on the node.
  record PerNode(NodeFilter filter) implements PreFilterResult {}

  /// No node can take the pod.
  ///
  /// @param message in the words of FailedScheduling
  record Rejected(String message) implements PreFilterResult {}

  /// Says whether the pod fits a node.
  @FunctionalInterface
  interface NodeFilter {
    Status filter(NodeInfo node);
  }
}
