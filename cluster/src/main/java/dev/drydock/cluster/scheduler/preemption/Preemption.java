package dev.drydock.cluster.scheduler.preemption;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.scheduler.FitError;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import dev.drydock.cluster.scheduler.framework.Pods;
import dev.drydock.cluster.scheduler.framework.Snapshot;
import dev.drydock.cluster.scheduler.framework.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Looks for a node on which a pod would fit if less important pods went. Changes nothing.
///
/// Models pkg/scheduler/framework/preemption and plugins/defaultpreemption.
public final class Preemption {
  private static final String NOT_HELPFUL = "Preemption is not helpful for scheduling";

  private final Snapshot snapshot;
  private final JsonObject pod;
  private final BiFunction<Snapshot, NodeInfo, Status> filters;
  private final Budgets budgets;

  /// @param filters runs all filters for the pod on a node of a snapshot
  public Preemption(
      Snapshot snapshot, JsonObject pod, BiFunction<Snapshot, NodeInfo, Status> filters) {
    this.snapshot = snapshot;
    this.pod = pod;
    this.filters = filters;
    this.budgets = Budgets.of(snapshot.client());
  }

  /// What came of it.
  ///
  /// @param node where room can be made; empty when nowhere
  /// @param victims who has to go from there
  /// @param message why nowhere
  public record Result(String node, ImmutableList<JsonObject> victims, String message) {
    static Result none(String message) {
      return new Result("", ImmutableList.of(), "preemption: " + message);
    }
  }

  /// @param statuses why each node refused the pod
  public Result find(Map<String, Status> statuses) {
    if (pod.string("spec", "preemptionPolicy").equals("Never")) {
      return Result.none("not eligible due to preemptionPolicy=Never.");
    }
    if (awaitsVictims(statuses)) {
      return Result.none("not eligible due to a terminating pod on the nominated node.");
    }
    Map<String, Status> refusals = new TreeMap<>();
    List<Victims> candidates = new ArrayList<>();
    for (NodeInfo node : snapshot.nodes()) {
      Status status = statuses.get(node.name());
      if (status == null || status.code() != Status.Code.UNSCHEDULABLE) {
        refusals.put(node.name(), Status.unresolvable(NOT_HELPFUL));
      } else {
        select(node, refusals).ifPresent(candidates::add);
      }
    }
    return candidates.stream()
        .min(Victims.BEST_FIRST)
        .map(best -> new Result(best.node(), best.pods(), ""))
        .orElseGet(
            () -> Result.none(FitError.message(snapshot.nodes().size(), refusals.values(), "")));
  }

  /// Whether pods are on their way out of the node that the pod was promised.
  private boolean awaitsVictims(Map<String, Status> statuses) {
    String nominated = pod.string("status", "nominatedNodeName");
    Status status = statuses.get(nominated);
    boolean hopeless =
        status != null && status.code() == Status.Code.UNSCHEDULABLE_AND_UNRESOLVABLE;
    return !hopeless
        && snapshot
            .node(nominated)
            .filter(
                node ->
                    node.pods().stream()
                        .filter(ObjectMeta::isBeingDeleted)
                        .anyMatch(other -> Pods.priority(other) < Pods.priority(pod)))
            .isPresent();
  }

  /// Takes all less important pods away, and gives back as many as fit beside the pod, those that a
  /// budget protects first.
  private Optional<Victims> select(NodeInfo node, Map<String, Status> refusals) {
    List<JsonObject> lower =
        node.pods().stream()
            .filter(other -> Pods.priority(other) < Pods.priority(pod))
            .sorted(Victims.MOST_IMPORTANT_FIRST)
            .toList();
    if (lower.isEmpty()) {
      refusals.put(
          node.name(), Status.unresolvable("No preemption victims found for incoming pod"));
      return Optional.empty();
    }
    List<JsonObject> kept = new ArrayList<>(node.pods());
    kept.removeAll(lower);
    Status status = fits(node, kept);
    if (!status.isSuccess()) {
      refusals.put(node.name(), status);
      return Optional.empty();
    }
    List<JsonObject> violating = budgets.violating(lower);
    List<JsonObject> others = new ArrayList<>(lower);
    others.removeAll(violating);
    List<JsonObject> victims = new ArrayList<>();
    reprieve(node, kept, violating, victims);
    int violations = victims.size();
    reprieve(node, kept, others, victims);
    return Optional.of(
        new Victims(
            node.name(),
            ImmutableList.sortedCopyOf(Victims.MOST_IMPORTANT_FIRST, victims),
            violations));
  }

  private void reprieve(
      NodeInfo node, List<JsonObject> kept, List<JsonObject> candidates, List<JsonObject> victims) {
    for (JsonObject candidate : candidates) {
      kept.add(candidate);
      if (!fits(node, kept).isSuccess()) {
        kept.removeLast();
        victims.add(candidate);
      }
    }
  }

  private Status fits(NodeInfo node, List<JsonObject> pods) {
    NodeInfo changed = node.withPods(ImmutableList.copyOf(pods));
    return filters.apply(snapshot.with(changed), changed);
  }
}
