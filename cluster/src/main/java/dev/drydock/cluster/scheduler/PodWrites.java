package dev.drydock.cluster.scheduler;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.scheduler.framework.Pods;
import dev.drydock.cluster.scheduler.preemption.Preemption;
import java.util.Optional;

/// What the scheduler writes: bindings, refusals, evictions. Models handleSchedulingFailure,
/// prepareCandidate and plugins/defaultbinder.
final class PodWrites {
  private PodWrites() {}

  /// The pod of a key, if it still waits for a node.
  static Optional<JsonObject> find(String key, ComponentContext context) {
    return unassigned(key, context.client()).filter(pod -> !ObjectMeta.isBeingDeleted(pod));
  }

  /// The pod of a key, if it has no node.
  static Optional<JsonObject> unassigned(String key, Client client) {
    int slash = key.indexOf('/');
    return client
        .get("pods", key.substring(0, slash), key.substring(slash + 1))
        .filter(pod -> !Pods.isAssigned(pod));
  }

  static void bind(JsonObject pod, String node, ComponentContext context) {
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
        "Successfully assigned %s to %s".formatted(Pods.key(pod), node));
  }

  /// @param nominated the node that is promised to the pod; empty for none
  static void reject(JsonObject pod, String message, String nominated, ComponentContext context) {
    SchedulingEvents.record(context, pod, "Warning", "FailedScheduling", "Scheduling", message);
    JsonObject status = withCondition(pod, unschedulable(pod, message, context));
    status =
        nominated.isEmpty() && !awaitsVictims(message)
            ? status.without("nominatedNodeName")
            : nominated.isEmpty() ? status : status.with("nominatedNodeName", nominated);
    if (!status.equals(pod.object("status"))) {
      context.client().updateStatus("pods", pod.with("status", status));
    }
  }

  private static boolean awaitsVictims(String message) {
    return message.endsWith("terminating pod on the nominated node.");
  }

  private static JsonObject unschedulable(
      JsonObject pod, String message, ComponentContext context) {
    return JsonObject.builder()
        .put("type", "PodScheduled")
        .put("observedGeneration", pod.integer(1, "metadata", "generation"))
        .put("status", "False")
        .put("lastProbeTime", JsonNull.NULL)
        .put("lastTransitionTime", Times.seconds(context.now()))
        .put("reason", "Unschedulable")
        .put("message", message)
        .build();
  }

  /// The status with a condition in the place of the one of its type, if it says something new.
  private static JsonObject withCondition(JsonObject pod, JsonObject condition) {
    JsonObject status = pod.object("status");
    JsonArray before = status.array("conditions");
    Optional<JsonObject> old =
        before.objects().filter(c -> c.string("type").equals(condition.string("type"))).findFirst();
    if (old.isEmpty()) {
      return status.with("conditions", before.plus(condition));
    }
    boolean sameStatus = old.get().string("status").equals(condition.string("status"));
    JsonObject kept =
        sameStatus && old.get().has("lastTransitionTime")
            ? condition.with("lastTransitionTime", old.get().string("lastTransitionTime"))
            : condition;
    return status.with("conditions", before.map(c -> c.equals(old.get()) ? kept : c));
  }

  /// Makes the victims go.
  static void preempt(JsonObject pod, Preemption.Result preemption, ComponentContext context) {
    for (JsonObject victim : preemption.victims()) {
      JsonObject condition =
          JsonObject.builder()
              .put("type", "DisruptionTarget")
              .put("observedGeneration", victim.integer(1, "metadata", "generation"))
              .put("status", "True")
              .put("lastProbeTime", JsonNull.NULL)
              .put("lastTransitionTime", Times.seconds(context.now()))
              .put("reason", "PreemptionByScheduler")
              .put("message", Scheduler.NAME + ": preempting to accommodate a higher priority pod")
              .build();
      JsonObject marked = victim.with("status", withCondition(victim, condition));
      if (Pods.isAssigned(victim)) {
        context.client().updateStatus("pods", marked);
      }
      context
          .client()
          .delete(
              "pods",
              ObjectMeta.namespace(victim),
              ObjectMeta.name(victim),
              new DeleteOptions(-1, "", ObjectMeta.uid(victim)));
      SchedulingEvents.record(
          context,
          victim,
          "Normal",
          "Preempted",
          "Preempting",
          "Preempted by pod %s on node %s".formatted(ObjectMeta.uid(pod), preemption.node()));
    }
    unpromise(pod, preemption.node(), context);
  }

  /// Less important pods to which the node was promised have to look again.
  private static void unpromise(JsonObject pod, String node, ComponentContext context) {
    if (node.isEmpty()) {
      return;
    }
    for (JsonObject other : context.client().podsPromised(node)) {
      if (Pods.priority(other) < Pods.priority(pod)) {
        JsonObject status = other.object("status").without("nominatedNodeName");
        context.client().updateStatus("pods", other.with("status", status));
      }
    }
  }
}
