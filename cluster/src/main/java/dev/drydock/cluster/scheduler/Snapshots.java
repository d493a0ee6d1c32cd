package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.Pods;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import java.util.HashMap;
import java.util.Map;

/// Takes snapshots of the cluster. Beside the pods a node runs there stand those that wait for
/// their volumes on it, and those at least as important as the pod in question to which it was
/// promised.
///
/// Models pkg/scheduler/backend/cache and the nominator of its queue.
final class Snapshots {
  private Snapshots() {}

  static Snapshot take(JsonObject pod, Map<String, String> assumed, Client client) {
    Map<String, ImmutableList.Builder<JsonObject>> pods = new HashMap<>();
    for (JsonObject other : client.list("pods", "")) {
      String node = nodeOf(other, pod, assumed);
      if (!node.isEmpty() && !Pods.hasEnded(other)) {
        JsonObject placed =
            Pods.isAssigned(other) ? other : other.withAt(Json.of(node), "spec", "nodeName");
        pods.computeIfAbsent(node, _ -> ImmutableList.builder()).add(placed);
      }
    }
    ImmutableList<NodeInfo> nodes =
        client.list("nodes", "").stream()
            .map(
                node ->
                    new NodeInfo(
                        node,
                        pods.getOrDefault(ObjectMeta.name(node), ImmutableList.builder()).build()))
            .collect(ImmutableList.toImmutableList());
    return new Snapshot(nodes, client);
  }

  private static String nodeOf(JsonObject other, JsonObject pod, Map<String, String> assumed) {
    if (Pods.isAssigned(other)) {
      return other.string("spec", "nodeName");
    }
    if (ObjectMeta.uid(other).equals(ObjectMeta.uid(pod))) {
      return "";
    }
    String nominated = other.string("status", "nominatedNodeName");
    boolean counts = !nominated.isEmpty() && Pods.priority(other) >= Pods.priority(pod);
    return assumed.getOrDefault(Pods.key(other), counts ? nominated : "");
  }
}
