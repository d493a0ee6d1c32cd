package dev.drydock.cluster.controller.daemonset;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.scheduler.plugins.NodeAffinity;
import dev.drydock.cluster.scheduler.plugins.Tolerations;
import java.util.Comparator;
import java.util.List;

/// A node, whether a DaemonSet is meant for it, and the DaemonSet's pods on it, oldest first.
///
/// Models NodeShouldRunDaemonPod.
///
/// @param shouldRun whether a pod is to be started
/// @param mayStay whether one that runs may go on: a taint `NoSchedule` does not end it
record NodePods(
    JsonObject node, boolean shouldRun, boolean mayStay, ImmutableList<JsonObject> pods) {

  static NodePods of(JsonObject node, JsonObject daemonSet, List<JsonObject> all) {
    JsonObject pod = DaemonPod.tolerant(daemonSet);
    boolean fits = NodeAffinity.matches(pod, node);
    return new NodePods(
        node,
        fits && !isTainted(node, pod, "NoSchedule") && !isTainted(node, pod, "NoExecute"),
        fits && !isTainted(node, pod, "NoExecute"),
        all.stream()
            .filter(candidate -> DaemonPod.node(candidate).equals(ObjectMeta.name(node)))
            .sorted(Comparator.comparing(Pods::created).thenComparing(ObjectMeta::name))
            .collect(ImmutableList.toImmutableList()));
  }

  private static boolean isTainted(JsonObject node, JsonObject pod, String effect) {
    return node.array("spec", "taints")
        .objects()
        .filter(taint -> taint.string("effect").equals(effect))
        .anyMatch(taint -> !Tolerations.tolerate(pod, taint));
  }

  String name() {
    return ObjectMeta.name(node);
  }
}
