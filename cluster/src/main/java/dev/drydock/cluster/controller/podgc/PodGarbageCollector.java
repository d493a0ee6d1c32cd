package dev.drydock.cluster.controller.podgc;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Conditions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.stream.Stream;

/// Deletes the pods of a node that has been gone for a while: there is no kubelet left to do it.
/// Models pkg/controller/podgc; ended pods are left alone, since upstream keeps 12,500 of them.
public final class PodGarbageCollector extends Controller {
  /// How long a node may be gone and come back, plus the time to the next look.
  private static final Duration QUARANTINE = Duration.ofSeconds(60);

  public PodGarbageCollector() {
    super("pod-garbage-collector");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("nodes") || resource.equals("pods");
  }

  /// The keys are names of nodes that are missing.
  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    boolean gone = event.type() == WatchEvent.Type.DELETED;
    if (event.resource().equals("nodes")) {
      if (gone) {
        context.setTimer(ObjectMeta.name(event.object()), QUARANTINE);
      }
      return Stream.empty();
    }
    String node = event.object().string("spec", "nodeName");
    boolean placed = !node.equals(event.previous().string("spec", "nodeName"));
    if (!gone && placed && context.client().get("nodes", "", node).isEmpty()) {
      context.setTimer(node, QUARANTINE);
    }
    return Stream.empty();
  }

  @Override
  protected Duration reconcile(String node, ComponentContext context) {
    if (context.client().get("nodes", "", node).isEmpty()) {
      context.client().podsOn(node).forEach(pod -> remove(pod, context));
    }
    return Duration.ZERO;
  }

  private static void remove(JsonObject pod, ComponentContext context) {
    if (!Pods.hasEnded(pod)) {
      JsonObject condition =
          Conditions.condition(
              "DisruptionTarget",
              "True",
              "DeletionByPodGC",
              "PodGC: node no longer exists",
              context.now());
      context
          .client()
          .updateStatus(
              "pods",
              pod.withObject("status", s -> Conditions.set(s, condition).with("phase", "Failed")));
    }
    context
        .client()
        .delete(
            "pods",
            ObjectMeta.namespace(pod),
            ObjectMeta.name(pod),
            DeleteOptions.NOW.forUid(ObjectMeta.uid(pod)));
  }
}
