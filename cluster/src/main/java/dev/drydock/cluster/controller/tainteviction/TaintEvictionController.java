package dev.drydock.cluster.controller.tainteviction;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.record.EventRecorder;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Deletes pods from nodes with NoExecute taints that they do not tolerate, or tolerate no longer.
/// Models pkg/controller/tainteviction.
public final class TaintEvictionController extends Controller {
  /// In place of a time of eviction: never.
  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE / 2);

  private static final String DUE = "due:";

  public TaintEvictionController() {
    super("taint-eviction-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("nodes") || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject object = event.object();
    if (event.type() == WatchEvent.Type.DELETED) {
      return Stream.empty();
    }
    if (event.resource().equals("pods")) {
      boolean news =
          !object.string("spec", "nodeName").equals(event.previous().string("spec", "nodeName"))
              || !object
                  .array("spec", "tolerations")
                  .equals(event.previous().array("spec", "tolerations"));
      return news ? Stream.of(key(object)) : Stream.empty();
    }
    if (object.array("spec", "taints").equals(event.previous().array("spec", "taints"))) {
      return Stream.empty();
    }
    return context.client().podsOn(ObjectMeta.name(object)).stream().map(Controller::key);
  }

  /// A key of a pod, or one that says that its time is over: a taint that people add does not say
  /// since when it is there, so that only the timer knows.
  @Override
  protected Duration reconcile(String queued, ComponentContext context) {
    boolean due = queued.startsWith(DUE);
    String key = due ? queued.substring(DUE.length()) : queued;
    Optional<JsonObject> found = context.client().get("pods", namespaceOf(key), nameOf(key));
    if (found.isEmpty() || ObjectMeta.isBeingDeleted(found.get())) {
      return Duration.ZERO;
    }
    JsonObject pod = found.get();
    List<JsonObject> taints =
        context
            .client()
            .get("nodes", "", pod.string("spec", "nodeName"))
            .map(node -> node.array("spec", "taints"))
            .orElse(JsonArray.EMPTY)
            .objects()
            .filter(taint -> taint.string("effect").equals("NoExecute"))
            .toList();
    context.cancelTimer(DUE + key);
    if (taints.isEmpty()) {
      return Duration.ZERO;
    }
    Duration left =
        taints.stream()
            .map(t -> left(pod, t, context.now()))
            .min(Duration::compareTo)
            .orElseThrow();
    if (left.equals(FOREVER)) {
      return Duration.ZERO;
    }
    if (left.isPositive() && !due) {
      context.setTimer(DUE + key, left);
    } else {
      evict(pod, context);
    }
    return Duration.ZERO;
  }

  /// How much longer a pod tolerates a taint: as long as its most patient toleration says.
  private static Duration left(JsonObject pod, JsonObject taint, Instant now) {
    Instant since = Times.parse(taint.string("timeAdded")).orElse(now);
    return pod.array("spec", "tolerations")
        .objects()
        .filter(toleration -> tolerates(toleration, taint))
        .map(
            toleration ->
                toleration.has("tolerationSeconds")
                    ? Duration.between(
                        now, Times.after(since, toleration.integer(0, "tolerationSeconds")))
                    : FOREVER)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private static boolean tolerates(JsonObject toleration, JsonObject taint) {
    String effect = toleration.string("effect");
    String key = toleration.string("key");
    boolean about =
        (effect.isEmpty() || effect.equals(taint.string("effect")))
            && (key.isEmpty() || key.equals(taint.string("key")));
    return about
        && (toleration.string("operator").equals("Exists")
            || toleration.string("value").equals(taint.string("value")));
  }

  private void evict(JsonObject pod, ComponentContext context) {
    String name = key(pod);
    recorder(context)
        .normal(
            EventRecorder.Subject.of(pod),
            "TaintManagerEviction",
            "Marking for deletion Pod " + name);
    JsonObject condition =
        Conditions.condition(
            "DisruptionTarget",
            "True",
            "DeletionByTaintManager",
            "Taint manager: deleting due to NoExecute taint",
            context.now());
    context
        .client()
        .updateStatus("pods", pod.withObject("status", s -> Conditions.set(s, condition)));
    context
        .client()
        .delete(
            "pods",
            ObjectMeta.namespace(pod),
            ObjectMeta.name(pod),
            DeleteOptions.BACKGROUND.forUid(ObjectMeta.uid(pod)));
  }
}
