package dev.drydock.cluster.scheduler.framework;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.client.Client;
import java.util.Optional;

/// The cluster as one scheduling cycle sees it: the nodes with their pods, and the API for the
/// rest.
public record Snapshot(ImmutableList<NodeInfo> nodes, Client client) {

  public Optional<NodeInfo> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /// The same cluster with one node in another state.
  public Snapshot with(NodeInfo changed) {
    return new Snapshot(
        nodes.stream()
            .map(node -> node.name().equals(changed.name()) ? changed : node)
            .collect(ImmutableList.toImmutableList()),
        client);
  }
}
