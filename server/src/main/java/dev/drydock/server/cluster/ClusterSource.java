package dev.drydock.server.cluster;

/// Where clusters come from: embedded, kind or an existing one.
public interface ClusterSource extends AutoCloseable {
  /// A new cluster; may take long.
  ///
  /// @param id of the learner; no two calls have the same
  LearnerCluster create(String id);

  /// Gets ready for the first learner, so that they need not wait.
  default void warmUp() {}

  @Override
  void close();
}
