package dev.drydock.cluster.controller.nodelifecycle;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Watches over the nodes: one whose kubelet has not been heard of for a while becomes `Unknown`,
/// its pods are no longer ready, and its taints say so; so do the taints of a node that is under
/// pressure or cordoned.
///
/// Models pkg/controller/nodelifecycle.
public final class NodeLifecycleController extends Controller {
  /// How long a kubelet may be silent.
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(50);

  private static final Duration MONITOR_PERIOD = Duration.ofSeconds(5);
  private static final String LEASES = "leases.coordination.k8s.io";

  public NodeLifecycleController() {
    super("node-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("nodes");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject node = event.object();
    String name = ObjectMeta.name(node);
    EventRecorder.Subject subject = EventRecorder.Subject.of(node);
    return switch (event.type()) {
      case DELETED -> {
        recorder(context)
            .normal(
                subject,
                "RemovingNode",
                "Node %s event: Removing Node %s from Controller".formatted(name, name));
        yield Stream.empty();
      }
      case ADDED -> {
        recorder(context)
            .normal(
                subject,
                "RegisteredNode",
                "Node %s event: Registered Node %s in Controller".formatted(name, name));
        yield Stream.of(name);
      }
      case MODIFIED, BOOKMARK, ERROR -> Stream.of(name);
    };
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Optional<JsonObject> found = context.client().get("nodes", "", name);
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject node = found.get();
    Duration left = Duration.between(context.now(), heardOf(node, context).plus(GRACE_PERIOD));
    boolean lost = !left.isPositive();
    if (lost && !NodeTaints.status(node, "Ready").equals("Unknown")) {
      node = giveUp(node, context);
    }
    taint(node, context);
    return lost ? MONITOR_PERIOD : left.compareTo(MONITOR_PERIOD) < 0 ? MONITOR_PERIOD : left;
  }

  /// By its lease, or by when it was made.
  private static Instant heardOf(JsonObject node, ComponentContext context) {
    return context
        .client()
        .get(LEASES, "kube-node-lease", ObjectMeta.name(node))
        .flatMap(lease -> Times.parse(lease.string("spec", "renewTime")))
        .or(() -> Times.parse(node.string("metadata", "creationTimestamp")))
        .orElse(context.now());
  }

  private JsonObject giveUp(JsonObject node, ComponentContext context) {
    String now = Times.seconds(context.now());
    JsonArray conditions =
        JsonArray.copyOf(
            node.array("status", "conditions").objects().map(c -> unknown(c, now)).toList());
    JsonObject lost =
        context
            .client()
            .updateStatus(
                "nodes",
                node.withObject("status", status -> status.with("conditions", conditions)));
    String name = ObjectMeta.name(node);
    recorder(context)
        .normal(
            EventRecorder.Subject.of(lost),
            "NodeNotReady",
            "Node %s status is now: NodeNotReady".formatted(name));
    context.client().podsOn(name).forEach(pod -> notReady(pod, now, context));
    return lost;
  }

  private static JsonObject unknown(JsonObject condition, String now) {
    return condition.string("status").equals("Unknown")
        ? condition
        : condition
            .with("status", "Unknown")
            .with("lastTransitionTime", now)
            .with("reason", "NodeStatusUnknown")
            .with("message", "Kubelet stopped posting node status.");
  }

  private void notReady(JsonObject pod, String now, ComponentContext context) {
    boolean wasReady =
        pod.array("status", "conditions").objects().anyMatch(c -> isTrue(c, "Ready"));
    if (!wasReady) {
      return;
    }
    JsonArray conditions =
        JsonArray.copyOf(
            pod.array("status", "conditions")
                .objects()
                .map(
                    c ->
                        isTrue(c, "Ready")
                            ? c.with("status", "False").with("lastTransitionTime", now)
                            : c)
                .toList());
    Client client = context.client();
    client.updateStatus(
        "pods", pod.withObject("status", status -> status.with("conditions", conditions)));
    recorder(context).warning(EventRecorder.Subject.of(pod), "NodeNotReady", "Node is not ready");
  }

  private static boolean isTrue(JsonObject condition, String type) {
    return condition.string("type").equals(type) && condition.string("status").equals("True");
  }

  private static void taint(JsonObject node, ComponentContext context) {
    JsonArray wanted = NodeTaints.of(node, context.now());
    if (!wanted.equals(node.array("spec", "taints"))) {
      context
          .client()
          .update(
              "nodes",
              node.withObject(
                  "spec",
                  spec -> wanted.isEmpty() ? spec.without("taints") : spec.with("taints", wanted)));
    }
  }
}
