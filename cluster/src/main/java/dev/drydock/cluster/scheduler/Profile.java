package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.PreFilterResult.NodeFilter;
import dev.drydock.cluster.scheduler.framework.PreFilterResult.PerNode;
import dev.drydock.cluster.scheduler.framework.PreFilterResult.Rejected;
import dev.drydock.cluster.scheduler.framework.ScorePlugin;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import dev.drydock.cluster.scheduler.preemption.Preemption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The plugins of a scheduler, and how their answers are put together. Models
/// pkg/scheduler/schedule_one.go.
///
/// @param filters in order; the first that refuses a node gives the reason
public record Profile(ImmutableList<FilterPlugin> filters, ImmutableList<Weighted> scores) {

  /// What the plugin for claims of devices says of every pod, for there are none here.
  private static final String NO_DEVICES = "no new claims to deallocate, ";

  /// What that plugin says when it was not asked before.
  private static final String DEVICES_UNASKED = "not found";

  /// A plugin and how much it counts.
  public record Weighted(ScorePlugin plugin, int weight) {}

  /// What came of looking for a node.
  public sealed interface Selection {
    /// A node was found.
    record Found(NodeInfo node) implements Selection {}

    /// None was.
    ///
    /// @param message in the words of FailedScheduling
    /// @param refusedBy the plugins that refused
    /// @param preemption how room can be made
    record Unschedulable(
        String message, ImmutableSet<String> refusedBy, Preemption.Result preemption)
        implements Selection {}
  }

  private record Prepared(String plugin, NodeFilter filter) {}

  private static Selection.Unschedulable unschedulable(
      String message, ImmutableSet<String> refusedBy) {
    return new Selection.Unschedulable(
        message, refusedBy, new Preemption.Result("", ImmutableList.of(), ""));
  }

  /// @param random chooses among nodes that are equally good
  public Selection select(JsonObject pod, Snapshot snapshot, RandomGenerator random) {
    if (snapshot.nodes().isEmpty()) {
      return unschedulable("no nodes available to schedule pods", ImmutableSet.of());
    }
    List<Prepared> prepared = new ArrayList<>();
    for (FilterPlugin filter : filters) {
      switch (filter.preFilter(pod, snapshot)) {
        case PerNode(NodeFilter perNode) -> prepared.add(new Prepared(filter.name(), perNode));
        case Rejected(String message) -> {
          return unschedulable(
              FitError.rejected(snapshot.nodes().size(), message, DEVICES_UNASKED),
              ImmutableSet.of(filter.name()));
        }
      }
    }
    ImmutableSet.Builder<String> refusedBy = ImmutableSet.builder();
    Map<String, Status> refusals = new LinkedHashMap<>();
    ImmutableList.Builder<NodeInfo> fitting = ImmutableList.builder();
    for (NodeInfo node : snapshot.nodes()) {
      Status status = filter(prepared, node, refusedBy);
      if (status.isSuccess()) {
        fitting.add(node);
      } else {
        refusals.put(node.name(), status);
      }
    }
    ImmutableList<NodeInfo> nodes = fitting.build();
    return nodes.isEmpty()
        ? refused(pod, snapshot, refusals, refusedBy.build())
        : new Selection.Found(best(pod, snapshot, nodes, random));
  }

  private static Status filter(
      List<Prepared> prepared, NodeInfo node, ImmutableSet.Builder<String> refusedBy) {
    for (Prepared plugin : prepared) {
      Status status = plugin.filter().filter(node);
      if (!status.isSuccess()) {
        refusedBy.add(plugin.plugin());
        return status;
      }
    }
    return Status.SUCCESS;
  }

  private Selection refused(
      JsonObject pod,
      Snapshot snapshot,
      Map<String, Status> refusals,
      ImmutableSet<String> refusedBy) {
    Preemption.Result result =
        new Preemption(snapshot, pod, (changed, node) -> filterAll(pod, changed, node))
            .find(refusals);
    String suffix = result.node().isEmpty() ? NO_DEVICES + result.message() : "";
    String message = FitError.message(snapshot.nodes().size(), refusals.values(), suffix);
    return new Selection.Unschedulable(message, refusedBy, result);
  }

  private Status filterAll(JsonObject pod, Snapshot snapshot, NodeInfo node) {
    for (FilterPlugin filter : filters) {
      Status status =
          switch (filter.preFilter(pod, snapshot)) {
            case PerNode(NodeFilter perNode) -> perNode.filter(node);
            case Rejected(String message) -> Status.unresolvable(message);
          };
      if (!status.isSuccess()) {
        return status;
      }
    }
    return Status.SUCCESS;
  }

  private NodeInfo best(
      JsonObject pod, Snapshot snapshot, ImmutableList<NodeInfo> nodes, RandomGenerator random) {
    if (nodes.size() == 1) {
      return nodes.getFirst();
    }
    Map<String, Long> totals = new HashMap<>();
    for (Weighted weighted : scores) {
      weighted
          .plugin()
          .score(pod, snapshot, nodes)
          .forEach((node, score) -> totals.merge(node, weighted.weight() * score, Long::sum));
    }
    long highest =
        nodes.stream().mapToLong(node -> totals.getOrDefault(node.name(), 0L)).max().orElse(0);
    List<NodeInfo> best =
        nodes.stream().filter(n -> totals.getOrDefault(n.name(), 0L) == highest).toList();
    return best.size() == 1 ? best.getFirst() : best.get(random.nextInt(best.size()));
  }
}
