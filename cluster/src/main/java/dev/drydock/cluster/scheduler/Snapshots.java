package dev.drydock.cluster.scheduler;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.Pods;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Takes snapshots of the cluster. Beside the pods a node runs there stand those that wait for
/// their volumes on it, and those at least as important as the pod in question to which it was
/// promised.
///
/// Models pkg/scheduler/backend/cache and the nominator of its queue.
final class Snapshots {
  /// What was last summed up of a node, by the identity of the list of its pods: the list lives as
  /// long as no pod of the node changes, and forks share it.
  private static final Cache<List<JsonObject>, NodeInfo> KNOWN =
      CacheBuilder.newBuilder().weakKeys().maximumSize(20_000).build();

  private Snapshots() {}

  static Snapshot take(JsonObject pod, Map<String, String> assumed, Client client) {
    Map<String, ImmutableList.Builder<JsonObject>> waiting = waiting(pod, assumed, client);
    ImmutableList<NodeInfo> nodes =
        client.list("nodes", "").stream()
            .map(node -> nodeInfo(pod, node, assumed, waiting, client))
            .collect(ImmutableList.toImmutableList());
    return new Snapshot(nodes, client);
  }

  /// The other pods that wait for their volumes, as if they were on their nodes already.
  private static Map<String, ImmutableList.Builder<JsonObject>> waiting(
      JsonObject pod, Map<String, String> assumed, Client client) {
    Map<String, ImmutableList.Builder<JsonObject>> waiting = new HashMap<>();
    for (Map.Entry<String, String> entry : new TreeMap<>(assumed).entrySet()) {
      PodWrites.unassigned(entry.getKey(), client)
          .filter(other -> !isSame(other, pod) && !Pods.hasEnded(other))
          .ifPresent(other -> place(other, entry.getValue(), waiting));
    }
    return waiting;
  }

  private static void place(
      JsonObject pod, String node, Map<String, ImmutableList.Builder<JsonObject>> placed) {
    placed
        .computeIfAbsent(node, _ -> ImmutableList.builder())
        .add(pod.withAt(Json.of(node), "spec", "nodeName"));
  }

  private static NodeInfo nodeInfo(
      JsonObject pod,
      JsonObject node,
      Map<String, String> assumed,
      Map<String, ImmutableList.Builder<JsonObject>> waiting,
      Client client) {
    String name = ObjectMeta.name(node);
    for (JsonObject other : client.podsPromised(name)) {
      boolean counts =
          !isSame(other, pod)
              && !assumed.containsKey(Pods.key(other))
              && !Pods.hasEnded(other)
              && Pods.priority(other) >= Pods.priority(pod);
      if (counts) {
        place(other, name, waiting);
      }
    }
    NodeInfo known = known(node, client.podsOn(name));
    ImmutableList.Builder<JsonObject> more = waiting.get(name);
    return more == null
        ? known
        : known.withPods(
            ImmutableList.<JsonObject>builder().addAll(known.pods()).addAll(more.build()).build());
  }

  private static NodeInfo known(JsonObject node, List<JsonObject> pods) {
    if (pods.isEmpty()) {
      return new NodeInfo(node, ImmutableList.of());
    }
    NodeInfo known = KNOWN.getIfPresent(pods);
    if (known != null && known.node() == node) {
      return known;
    }
    NodeInfo made =
        new NodeInfo(
            node,
            pods.stream()
                .filter(pod -> !Pods.hasEnded(pod))
                .collect(ImmutableList.toImmutableList()));
    KNOWN.put(pods, made);
    return made;
  }

  private static boolean isSame(JsonObject a, JsonObject b) {
    return ObjectMeta.uid(a).equals(ObjectMeta.uid(b));
  }
}
