package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PreFilterResult;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Spreads pods evenly over the places of a topology. Models plugins/podtopologyspread.
public final class PodTopologySpread implements FilterPlugin, ScorePlugin {
  private static final String MISMATCH = "node(s) didn't match pod topology spread constraints";

  @Override
  public String name() {
    return "PodTopologySpread";
  }

  /// A constraint and how many matching pods are in each place.
  private record Counted(SpreadConstraint constraint, Map<String, Long> pods) {
    static Counted of(
        SpreadConstraint constraint, List<SpreadConstraint> all, Iterable<NodeInfo> nodes) {
      Map<String, Long> pods = new HashMap<>();
      for (NodeInfo node : nodes) {
        if (SpreadConstraint.hasAllLabels(all, node) && constraint.counts(node)) {
          pods.merge(
              constraint.domain(node).orElseThrow(), constraint.matchingPods(node), Long::sum);
        }
      }
      return new Counted(constraint, pods);
    }

    long fewest() {
      boolean tooFewPlaces = pods.size() < constraint.minDomains();
      return tooFewPlaces ? 0 : pods.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }

    long in(String domain) {
      return pods.getOrDefault(domain, 0L);
    }
  }

  @Override
  public PreFilterResult preFilter(JsonObject pod, Snapshot snapshot) {
    List<SpreadConstraint> constraints = SpreadConstraint.of(pod, true);
    if (constraints.isEmpty()) {
      return PreFilterResult.SKIP;
    }
    List<Counted> counted =
        constraints.stream().map(c -> Counted.of(c, constraints, snapshot.nodes())).toList();
    return new PreFilterResult.PerNode(node -> filter(counted, node));
  }

  private static Status filter(List<Counted> constraints, NodeInfo node) {
    for (Counted counted : constraints) {
      SpreadConstraint constraint = counted.constraint();
      if (constraint.domain(node).isEmpty()) {
        return Status.unresolvable(MISMATCH + " (missing required label)");
      }
      long here = counted.in(constraint.domain(node).get()) + (constraint.matchesItself() ? 1 : 0);
      if (here - counted.fewest() > constraint.maxSkew()) {
        return Status.unschedulable(MISMATCH);
      }
    }
    return Status.SUCCESS;
  }

  @Override
  public Map<String, Long> score(JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes) {
    boolean own = !pod.array("spec", "topologySpreadConstraints").isEmpty();
    List<SpreadConstraint> constraints =
        own
            ? SpreadConstraint.of(pod, false)
            : SpreadConstraint.systemDefaults(pod, snapshot.client());
    // A constraint that people wrote leaves nodes outside its topology at the end of the list; the
    // defaults do not, for few clusters have zones.
    List<SpreadConstraint> asked = own ? constraints : List.of();
    List<NodeInfo> placed =
        nodes.stream().filter(node -> SpreadConstraint.hasAllLabels(asked, node)).toList();
    if (constraints.isEmpty() || placed.isEmpty()) {
      return Map.of();
    }
    Map<String, Double> raw = new HashMap<>();
    for (SpreadConstraint constraint : constraints) {
      addPenalty(constraint, asked, snapshot, placed, raw);
    }
    return reversed(raw);
  }

  private static void addPenalty(
      SpreadConstraint constraint,
      List<SpreadConstraint> asked,
      Snapshot snapshot,
      List<NodeInfo> placed,
      Map<String, Double> raw) {
    List<NodeInfo> labelled =
        snapshot.nodes().stream().filter(node -> constraint.domain(node).isPresent()).toList();
    Counted counted = Counted.of(constraint, asked, labelled);
    long places = placed.stream().flatMap(n -> constraint.domain(n).stream()).distinct().count();
    double weight = Math.log(places + 2.0);
    for (NodeInfo node : placed) {
      double penalty =
          constraint
              .domain(node)
              .map(domain -> counted.in(domain) * weight + constraint.maxSkew() - 1)
              .orElse(0.0);
      raw.merge(node.name(), penalty, Double::sum);
    }
  }

  /// The fewer pods, the higher.
  private static Map<String, Long> reversed(Map<String, Double> raw) {
    long max = raw.values().stream().mapToLong(Math::round).max().orElse(0);
    long min = raw.values().stream().mapToLong(Math::round).min().orElse(0);
    Map<String, Long> scores = new HashMap<>();
    raw.forEach(
        (node, penalty) ->
            scores.put(
                node,
                max == 0 ? Scores.MAX : Scores.MAX * (max + min - Math.round(penalty)) / max));
    return scores;
  }
}
