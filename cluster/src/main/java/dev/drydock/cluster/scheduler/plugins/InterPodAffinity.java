package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import dev.drydock.cluster.scheduler.plugins.AffinityTerm.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Puts a pod near the pods it wants near, and away from those that it, or they, want away.
///
/// Models plugins/interpodaffinity.
public final class InterPodAffinity implements FilterPlugin, ScorePlugin {
  private static final String AFFINITY = "podAffinity";
  private static final String ANTI_AFFINITY = "podAntiAffinity";

  @Override
  public String name() {
    return "InterPodAffinity";
  }

  /// What a pod meets in the cluster.
  ///
  /// @param refusing where pods are that do not want it near
  /// @param wanted where pods are that match all terms of its affinity
  /// @param unwanted where pods are that a term of its anti-affinity matches
  private record Found(
      JsonObject pod,
      List<AffinityTerm> affinity,
      List<AffinityTerm> antiAffinity,
      Set<Topology> refusing,
      Set<Topology> wanted,
      Set<Topology> unwanted,
      Client client) {

    Status filter(NodeInfo node) {
      if (!isNearWanted(node)) {
        return Status.unresolvable("node(s) didn't match pod affinity rules");
      }
      if (antiAffinity.stream().anyMatch(term -> isIn(term.topology(node), unwanted))) {
        return Status.unschedulable("node(s) didn't match pod anti-affinity rules");
      }
      boolean refused =
          node.labels().entrySet().stream()
              .anyMatch(label -> refusing.contains(new Topology(label.getKey(), label.getValue())));
      return refused
          ? Status.unschedulable("node(s) didn't satisfy existing pods anti-affinity rules")
          : Status.SUCCESS;
    }

    private boolean isNearWanted(NodeInfo node) {
      if (affinity.stream().anyMatch(term -> term.topology(node).isEmpty())) {
        return false;
      }
      if (affinity.stream().allMatch(term -> isIn(term.topology(node), wanted))) {
        return true;
      }
      // The first of a group that wants to be together may go anywhere.
      return wanted.isEmpty() && affinity.stream().allMatch(term -> term.matches(pod, client));
    }

    private static boolean isIn(Optional<Topology> topology, Set<Topology> topologies) {
      return topology.filter(topologies::contains).isPresent();
    }
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    Found found =
        new Found(
            pod,
            AffinityTerm.required(pod, AFFINITY),
            AffinityTerm.required(pod, ANTI_AFFINITY),
            new HashSet<>(),
            new HashSet<>(),
            new HashSet<>(),
            snapshot.client());
    boolean asks = pod.object("spec").has("affinity");
    for (NodeInfo node : snapshot.nodes()) {
      for (JsonObject existing : asks ? node.pods() : node.podsWithAffinity()) {
        look(found, node, existing);
      }
    }
    boolean free =
        found.affinity.isEmpty() && found.antiAffinity.isEmpty() && found.refusing.isEmpty();
    return free ? PreFilterResult.SKIP : new PreFilterResult.PerNode(found::filter);
  }

  private static void look(Found found, NodeInfo node, JsonObject existing) {
    Client client = found.client;
    if (existing.object("spec").has("affinity")) {
      for (AffinityTerm term : AffinityTerm.required(existing, ANTI_AFFINITY)) {
        if (term.matches(found.pod, client)) {
          term.topology(node).ifPresent(found.refusing::add);
        }
      }
    }
    boolean wanted =
        !found.affinity.isEmpty()
            && found.affinity.stream().allMatch(term -> term.matches(existing, client));
    if (wanted) {
      found.affinity.forEach(term -> term.topology(node).ifPresent(found.wanted::add));
    }
    for (AffinityTerm term : found.antiAffinity) {
      if (term.matches(existing, client)) {
        term.topology(node).ifPresent(found.unwanted::add);
      }
    }
  }

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    Map<Topology, Long> weights = new HashMap<>();
    boolean asks = pod.object("spec").has("affinity");
    for (NodeInfo node : snapshot.nodes()) {
      for (JsonObject existing : asks ? node.pods() : node.podsWithAffinity()) {
        weigh(pod, existing, node, snapshot.client(), weights);
      }
    }
    Map<String, Long> raw = new HashMap<>();
    for (NodeInfo node : nodes) {
      long sum = 0;
      for (Map.Entry<String, String> label : node.labels().entrySet()) {
        sum += weights.getOrDefault(new Topology(label.getKey(), label.getValue()), 0L);
      }
      raw.put(node.name(), sum);
    }
    return weights.isEmpty() ? Map.of() : spread(raw);
  }

  private static void weigh(
      JsonObject pod,
      JsonObject existing,
      NodeInfo node,
      Client client,
      Map<Topology, Long> weights) {
    add(AffinityTerm.preferred(pod, AFFINITY), existing, node, 1, client, weights);
    add(AffinityTerm.preferred(pod, ANTI_AFFINITY), existing, node, -1, client, weights);
    if (existing.object("spec").has("affinity")) {
      add(AffinityTerm.preferred(existing, AFFINITY), pod, node, 1, client, weights);
      add(AffinityTerm.preferred(existing, ANTI_AFFINITY), pod, node, -1, client, weights);
      // As upstream's hardPodAffinityWeight: what others require of it counts a little.
      add(AffinityTerm.required(existing, AFFINITY), pod, node, 1, client, weights);
    }
  }

  private static void add(
      List<AffinityTerm> terms,
      JsonObject target,
      NodeInfo node,
      int sign,
      Client client,
      Map<Topology, Long> weights) {
    for (AffinityTerm term : terms) {
      if (term.matches(target, client)) {
        long weight = sign * Math.max(1, term.weight());
        term.topology(node).ifPresent(place -> weights.merge(place, weight, Long::sum));
      }
    }
  }

  private static Map<String, Long> spread(Map<String, Long> raw) {
    long min = raw.values().stream().mapToLong(Long::longValue).min().orElse(0);
    long max = raw.values().stream().mapToLong(Long::longValue).max().orElse(0);
    Map<String, Long> scores = new HashMap<>();
    raw.forEach(
        (node, score) ->
            scores.put(node, max == min ? 0 : Scores.MAX * (score - min) / (max - min)));
    return scores;
  }
}
