package dev.drydock.cluster.scheduler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.loop.Component;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import java.util.Map;
import java.util.TreeMap;
import org.pcollections.OrderedPSet;

/// The scheduler: takes pods without a node from a queue, filters and scores the nodes, and binds.
/// A pod that fits nowhere waits until something changes that could help it.
///
/// Models pkg/scheduler.
public final class Scheduler implements Component<Scheduler.State> {
  private static final String NAME = "default-scheduler";

  private final Profile profile;

  public Scheduler(Profile profile) {
    this.profile = profile;
  }

  /// Pods to be looked at, by `namespace/name`.
  ///
  /// @param active to be tried now, in order
  /// @param unschedulable tried in vain; waiting for a change
  public record State(OrderedPSet<String> active, OrderedPSet<String> unschedulable) {
    State activated(String pod) {
      return new State(active.plus(pod), unschedulable.minus(pod));
    }

    State without(String pod) {
      return new State(active.minus(pod), unschedulable.minus(pod));
    }

    State allActivated() {
      return unschedulable.isEmpty()
          ? this
          : new State(active.plusAll(unschedulable), OrderedPSet.empty());
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public State initial() {
    return new State(OrderedPSet.empty(), OrderedPSet.empty());
  }

  @Override
  public boolean watches(String resource) {
    return switch (resource) {
      case "pods", "nodes", "persistentvolumes", "persistentvolumeclaims" -> true;
      default -> false;
    };
  }

  @Override
  public State onEvent(State state, WatchEvent event, ComponentContext context) {
    if (!event.resource().equals("pods")) {
      return state.allActivated();
    }
    JsonObject pod = event.object();
    String key = key(pod);
    boolean gone = event.type() == WatchEvent.Type.DELETED;
    if (gone || isAssigned(pod)) {
      return frees(event) ? state.without(key).allActivated() : state.without(key);
    }
    boolean ours = pod.string("spec", "schedulerName").equals(NAME);
    boolean specChanged =
        event.type() == WatchEvent.Type.ADDED
            || !pod.object("spec").equals(event.previous().object("spec"));
    return ours && specChanged && !isGated(pod) && !ObjectMeta.isBeingDeleted(pod)
        ? state.activated(key)
        : state;
  }

  /// Whether an assigned pod's change makes room: it went, or ended.
  private static boolean frees(WatchEvent event) {
    return event.type() == WatchEvent.Type.DELETED || hasEnded(event.object());
  }

  static boolean hasEnded(JsonObject pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static boolean isAssigned(JsonObject pod) {
    return !pod.string("spec", "nodeName").isEmpty();
  }

  private static boolean isGated(JsonObject pod) {
    return !pod.array("spec", "schedulingGates").isEmpty();
  }

  private static String key(JsonObject pod) {
    return ObjectMeta.namespace(pod) + "/" + ObjectMeta.name(pod);
  }

  @Override
  public boolean hasWork(State state) {
    return !state.active().isEmpty();
  }

  @Override
  public State work(State state, ComponentContext context) {
    String key = state.active().iterator().next();
    State rest = state.without(key);
    int slash = key.indexOf('/');
    return context
        .client()
        .get("pods", key.substring(0, slash), key.substring(slash + 1))
        .filter(pod -> !isAssigned(pod) && !ObjectMeta.isBeingDeleted(pod))
        .map(pod -> schedule(rest, key, pod, context))
        .orElse(rest);
  }

  private State schedule(State rest, String key, JsonObject pod, ComponentContext context) {
    ImmutableList<NodeInfo> nodes = nodes(context.client());
    Profile.Selection selection = profile.select(pod, nodes, context.random());
    if (selection.node().isEmpty()) {
      reject(pod, selection.message(), context);
      return new State(rest.active(), rest.unschedulable().plus(key));
    }
    try {
      bind(pod, selection.node(), context);
      return rest;
    } catch (StatusException e) {
      return new State(rest.active(), rest.unschedulable().plus(key));
    }
  }

  private static ImmutableList<NodeInfo> nodes(Client client) {
    Map<String, ImmutableList.Builder<JsonObject>> pods = new TreeMap<>();
    for (JsonObject pod : client.list("pods", "")) {
      if (isAssigned(pod) && !hasEnded(pod)) {
        pods.computeIfAbsent(pod.string("spec", "nodeName"), _ -> ImmutableList.builder()).add(pod);
      }
    }
    return client.list("nodes", "").stream()
        .map(
            node ->
                new NodeInfo(
                    node,
                    pods.getOrDefault(ObjectMeta.name(node), ImmutableList.builder()).build()))
        .collect(ImmutableList.toImmutableList());
  }

  private static void bind(JsonObject pod, String node, ComponentContext context) {
    JsonObject binding =
        JsonObject.of(
            "metadata",
            JsonObject.builder()
                .put("name", ObjectMeta.name(pod))
                .put("namespace", ObjectMeta.namespace(pod))
                .build(),
            "target",
            JsonObject.builder()
                .put("apiVersion", "v1")
                .put("kind", "Node")
                .put("name", node)
                .build());
    context.client().create("pods", ObjectMeta.name(pod), "binding", binding);
    SchedulingEvents.record(
        context,
        pod,
        "Normal",
        "Scheduled",
        "Binding",
        "Successfully assigned %s to %s".formatted(key(pod), node));
  }

  private static void reject(JsonObject pod, String message, ComponentContext context) {
    SchedulingEvents.record(context, pod, "Warning", "FailedScheduling", "Scheduling", message);
    JsonObject condition =
        JsonObject.builder()
            .put("type", "PodScheduled")
            .put("observedGeneration", pod.integer(1, "metadata", "generation"))
            .put("status", "False")
            .put("lastProbeTime", JsonNull.NULL)
            .put("lastTransitionTime", Times.seconds(context.now()))
            .put("reason", "Unschedulable")
            .put("message", message)
            .build();
    JsonArray before = pod.array("status", "conditions");
    boolean same =
        before
            .objects()
            .anyMatch(
                c ->
                    c.without("lastTransitionTime")
                        .equals(condition.without("lastTransitionTime")));
    if (!same) {
      JsonArray others =
          JsonArray.copyOf(
              before.objects().filter(c -> !c.string("type").equals("PodScheduled")).toList());
      Json conditions = others.plus(condition);
      context.client().updateStatus("pods", pod.withAt(conditions, "status", "conditions"));
    }
  }
}
