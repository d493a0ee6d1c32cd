package dev.drydock.cluster.bench;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Measures how many pods a second one cluster starts: 100 nodes, 50 Deployments of 100 pods each,
/// under the virtual clock, until all of them are ready. Run it with `./mvnw -P bench -pl cluster
/// verify -DskipTests`.
public final class ManyPods {
  private static final Instant BIRTH = Instant.parse("2026-11-01T09:00:00Z");
  private static final int NODES = 100;
  private static final int DEPLOYMENTS = 50;
  private static final int REPLICAS = 100;

  private ManyPods() {}

  public static void main(String[] args) {
    for (int round = 1; round <= 2; round++) {
      round(round);
    }
  }

  private static void round(int round) {
    try (EmbeddedCluster cluster = EmbeddedCluster.create(options())) {
      long start = System.nanoTime();
      for (int i = 0; i < DEPLOYMENTS; i++) {
        create(cluster, i);
      }
      if (!cluster.runUntil(ManyPods::allReady, Duration.ofMinutes(30))) {
        throw new IllegalStateException("not all pods became ready");
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      int pods = DEPLOYMENTS * REPLICAS;
      System.out.println(
          String.format(
              Locale.ROOT,
              "round %d: %d pods on %d nodes ready in %.1f s, %.0f a second (cluster time %s)",
              round,
              pods,
              NODES,
              seconds,
              pods / seconds,
              Duration.between(BIRTH, cluster.now())));
    }
  }

  private static ClusterOptions options() {
    ImmutableList.Builder<NodeOptions> nodes = ImmutableList.builder();
    nodes.add(new NodeOptions("big-control-plane", true, "8", "32Gi", 110));
    for (int i = 1; i < NODES; i++) {
      nodes.add(new NodeOptions("big-worker" + i, false, "8", "32Gi", 110));
    }
    return new ClusterOptions("big", nodes.build(), ClockKind.VIRTUAL, BIRTH, 7);
  }

  private static void create(EmbeddedCluster cluster, int number) {
    cluster.request(
        ApiRequest.of(
            "POST",
            "/apis/apps/v1/namespaces/default/deployments",
            ApiRequest.JSON,
            """
            {"metadata": {"name": "d%1$d"}, "spec": {"replicas": %2$d,
              "selector": {"matchLabels": {"app": "d%1$d"}},
              "template": {"metadata": {"labels": {"app": "d%1$d"}}, "spec": {"containers": [
                {"name": "c", "image": "busybox", "command": ["sleep", "100000"],
                  "resources": {"requests": {"cpu": "50m", "memory": "32Mi"}}}]}}}}
            """
                .formatted(number, REPLICAS)));
  }

  private static boolean allReady(EmbeddedCluster cluster) {
    for (int i = 0; i < DEPLOYMENTS; i++) {
      String path = "/apis/apps/v1/namespaces/default/deployments/d" + i;
      if (cluster.request(ApiRequest.get(path)).object().integer(0, "status", "readyReplicas")
          != REPLICAS) {
        return false;
      }
    }
    return true;
  }
}
