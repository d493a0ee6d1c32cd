package dev.drydock.cluster.embedded;

import dev.drydock.cluster.KubeConfig;

/// The HTTPS port through which outside clients (kubectl, the official Java client) reach embedded
/// clusters. One port serves many clusters, each under its own path and with its own credentials.
public final class ClusterEndpoint implements AutoCloseable {

  /// Opens a port; 0 lets the system choose.
  ///
  /// @throws java.io.UncheckedIOException when the port cannot be had
  public static ClusterEndpoint open(String host, int port) {
    throw new IllegalStateException();
  }

  public int port() {
    throw new IllegalStateException();
  }

  /// Serves a cluster until it is withdrawn; the result is its administrator's kubeconfig. The id
  /// becomes part of the path; the empty id serves the cluster at the root.
  public KubeConfig serve(String id, EmbeddedCluster cluster) {
    throw new IllegalStateException();
  }

  public void withdraw(String id) {
    throw new IllegalStateException();
  }

  @Override
  public void close() {}
}
