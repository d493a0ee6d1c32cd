package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The plugins of a scheduler, and how their answers are put together. Models
/// pkg/scheduler/schedule_one.go.
///
/// @param filters in order; the first that refuses a node gives the reason
public record Profile(ImmutableList<FilterPlugin> filters, ImmutableList<ScorePlugin> scores) {

  /// The node that was found, or why there is none.
  ///
  /// @param node empty when no node fits
  public record Selection(String node, String message) {}

  Selection select(JsonObject pod, ImmutableList<NodeInfo> nodes, RandomGenerator random) {
    if (nodes.isEmpty()) {
      return new Selection("", "no nodes available to schedule pods");
    }
    Map<String, Integer> reasons = new TreeMap<>();
    List<NodeInfo> fitting = new ArrayList<>();
    for (NodeInfo node : nodes) {
      ImmutableList<String> refused = firstRefusal(pod, node);
      if (refused.isEmpty()) {
        fitting.add(node);
      }
      refused.forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    }
    return fitting.isEmpty()
        ? new Selection("", message(nodes.size(), reasons))
        : new Selection(best(pod, fitting, random).name(), "");
  }

  private ImmutableList<String> firstRefusal(JsonObject pod, NodeInfo node) {
    return filters.stream()
        .map(filter -> filter.filter(pod, node))
        .filter(reasons -> !reasons.isEmpty())
        .findFirst()
        .orElse(ImmutableList.of());
  }

  private NodeInfo best(JsonObject pod, List<NodeInfo> fitting, RandomGenerator random) {
    long highest = -1;
    List<NodeInfo> best = new ArrayList<>();
    for (NodeInfo node : fitting) {
      long score = scores.stream().mapToLong(plugin -> plugin.score(pod, node)).sum();
      if (score > highest) {
        highest = score;
        best.clear();
      }
      if (score == highest) {
        best.add(node);
      }
    }
    return best.size() == 1 ? best.getFirst() : best.get(random.nextInt(best.size()));
  }

  private static String message(int nodes, Map<String, Integer> reasons) {
    String counted =
        reasons.entrySet().stream()
            .map(reason -> reason.getValue() + " " + reason.getKey())
            .sorted()
            .collect(Collectors.joining(", "));
    return "0/%d nodes are available: %s. no new claims to deallocate, preemption: 0/%d nodes are available: %d Preemption is not helpful for scheduling."
        .formatted(nodes, counted, nodes, nodes);
  }
}
