package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.embedded.ClusterOptions;
import dev.drydock.cluster.embedded.ClusterOptions.ClockKind;
import dev.drydock.cluster.embedded.ClusterOptions.NodeOptions;
import dev.drydock.cluster.embedded.EmbeddedCluster;
import dev.drydock.grader.exercise.Environment;
import dev.drydock.grader.exercise.Exercise;
import java.time.Instant;

/// Embedded clusters under the virtual clock, born at a fixed time from a seed that the exercise's
/// id gives: the same submission always meets the same cluster.
public final class EmbeddedClusters implements ClusterFactory {
  private static final String NAME = "kuar";
  private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public Cluster create(Exercise exercise) {
    long seed = exercise.id().value().hashCode();
    ClusterOptions plain = ClusterOptions.named(NAME, ClockKind.VIRTUAL, BIRTH, seed);
    ImmutableList<Environment.Node> nodes = exercise.environment().nodes();
    return EmbeddedCluster.create(
        nodes.isEmpty()
            ? plain
            : new ClusterOptions(NAME, nodes(nodes), ClockKind.VIRTUAL, BIRTH, seed));
  }

  private static ImmutableList<NodeOptions> nodes(ImmutableList<Environment.Node> nodes) {
    ImmutableList.Builder<NodeOptions> options = ImmutableList.builder();
    for (int i = 0; i < nodes.size(); i++) {
      Environment.Node node = nodes.get(i);
      options.add(new NodeOptions(node.name(), i == 0, node.cpu(), node.memory(), node.pods()));
    }
    return options.build();
  }
}
