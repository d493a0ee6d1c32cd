package dev.drydock.server.cluster;

import com.google.common.base.Suppliers;
import dev.drydock.cluster.embedded.ClusterEndpoint;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Clusters inside this JVM. All are served on one port of loopback, each under its own path and
/// with its own credentials.
public final class EmbeddedClusters implements ClusterSource {
  private static final String NAME = "kuar";

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Supplier<ClusterEndpoint> endpoint =
      Suppliers.memoize(() -> ClusterEndpoint.open("127.0.0.1", 0));

  public EmbeddedClusters(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public LearnerCluster create(String id) {
    EmbeddedCluster cluster =
        EmbeddedCluster.create(
            ClusterOptions.named(NAME, ClockKind.REAL, clock.instant(), random.nextLong()),
            endpoint.get().newIdentity());
    return new LearnerCluster(cluster, endpoint.get().serve(id, cluster));
  }

  @Override
  public void warmUp() {
    var _ = endpoint.get();
    EmbeddedCluster.create(ClusterOptions.named(NAME, ClockKind.VIRTUAL, clock.instant(), 0))
        .close();
  }

  @Override
  public void close() {
    endpoint.get().close();
  }
}
