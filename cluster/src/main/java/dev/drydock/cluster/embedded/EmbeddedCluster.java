package dev.drydock.cluster.embedded;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.AuditEvent;
import dev.drydock.cluster.Capability;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.ExecResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/// A cluster inside this JVM.
public final class EmbeddedCluster implements Cluster {
  private final ClusterOptions options;

  private EmbeddedCluster(ClusterOptions options) {
    this.options = options;
  }

  /// A new cluster, ready when this returns.
  public static EmbeddedCluster create(ClusterOptions options) {
    return new EmbeddedCluster(options);
  }

  /// An independent copy of this living cluster: same objects, programs, time and credentials.
  /// Costs next to nothing; neither sees what the other does afterwards. A fork's clock is virtual.
  public EmbeddedCluster fork() {
    throw new IllegalStateException();
  }

  /// Cluster time.
  public Instant now() {
    throw new IllegalStateException();
  }

  /// Lets cluster time run (virtual clock: jump) until the condition on the cluster holds, looking
  /// after each step of the loop; false when the limit passed first.
  public boolean runUntil(Predicate<EmbeddedCluster> condition, Duration limit) {
    throw new IllegalStateException();
  }

  @Override
  public String name() {
    return options.name();
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return ImmutableSet.of(
        Capability.CLUSTER_ADMIN, Capability.DEFAULT_NAMESPACE, Capability.FORK, Capability.CLOCK);
  }

  @Override
  public ApiResponse request(ApiRequest request) {
    throw new IllegalStateException();
  }

  @Override
  public ExecResult exec(
      String namespace, String pod, String container, List<String> command, Duration limit) {
    throw new IllegalStateException();
  }

  @Override
  public ImmutableList<AuditEvent> auditLog() {
    throw new IllegalStateException();
  }

  @Override
  public void advance(Duration duration) {
    throw new IllegalStateException();
  }

  @Override
  public void reset() {
    throw new IllegalStateException();
  }

  @Override
  public void close() {}
}
