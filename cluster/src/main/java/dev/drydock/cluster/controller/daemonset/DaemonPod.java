package dev.drydock.cluster.controller.daemonset;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.controller.PodControl;
import dev.drydock.cluster.controller.history.ControllerHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The pod of a DaemonSet on one node, bound to it by node affinity and tolerant of what befalls
/// nodes. Models pkg/controller/daemon/util.
final class DaemonPod {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String GENERATION = "deprecated.daemonset.template.generation";

  private DaemonPod() {}

  static JsonObject of(JsonObject daemonSet, String hash, String node) {
    JsonObject pod = onNode(tolerant(daemonSet), node);
    JsonObject labels =
        pod.object("metadata", "labels")
            .with(ControllerHistory.HASH, hash)
            .with(
                "pod-template-generation",
                ObjectMeta.annotations(daemonSet).getOrDefault(GENERATION, "1"));
    return ObjectMeta.with(pod, "labels", labels);
  }

  /// The pod without a node, for asking which nodes it fits.
  static JsonObject tolerant(JsonObject daemonSet) {
    JsonObject pod = PodControl.fromTemplate(daemonSet.object("spec", "template"), daemonSet);
    Stream<String> everywhere =
        Stream.of(
            "not-ready NoExecute",
            "unreachable NoExecute",
            "disk-pressure NoSchedule",
            "memory-pressure NoSchedule",
            "pid-pressure NoSchedule",
            "unschedulable NoSchedule");
    Stream<String> onTheHostsNetwork =
        pod.bool("spec", "hostNetwork")
            ? Stream.of("network-unavailable NoSchedule")
            : Stream.empty();
    List<Json> tolerations = new ArrayList<>(pod.array("spec", "tolerations").items());
    Stream.concat(everywhere, onTheHostsNetwork)
        .map(DaemonPod::toleration)
        .filter(toleration -> !tolerations.contains(toleration))
        .forEach(tolerations::add);
    return pod.withAt(JsonArray.copyOf(tolerations), "spec", "tolerations");
  }

  private static JsonObject toleration(String taint) {
    int space = taint.indexOf(' ');
    return JsonObject.builder()
        .put("key", "node.kubernetes.io/" + taint.substring(0, space))
        .put("operator", "Exists")
        .put("effect", taint.substring(space + 1))
        .build();
  }

  private static JsonObject onNode(JsonObject pod, String node) {
    JsonArray fields =
        JsonArray.of(
            JsonObject.builder()
                .put("key", "metadata.name")
                .put("operator", "In")
                .put("values", JsonArray.of(Json.of(node)))
                .build());
    JsonArray terms = terms(pod);
    JsonArray bound =
        terms.isEmpty()
            ? JsonArray.of(JsonObject.of("matchFields", fields))
            : JsonArray.copyOf(
                terms.objects().map(term -> term.with("matchFields", fields)).toList());
    return pod.withAt(bound, "spec", "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms");
  }

  private static JsonArray terms(JsonObject pod) {
    return pod.array("spec", "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms");
  }

  /// The node a pod runs on, or will.
  static String node(JsonObject pod) {
    String assigned = pod.string("spec", "nodeName");
    return assigned.isEmpty()
        ? terms(pod)
            .objects()
            .flatMap(term -> term.array("matchFields").objects())
            .filter(field -> field.string("key").equals("metadata.name"))
            .flatMap(field -> field.array("values").strings())
            .findFirst()
            .orElse("")
        : assigned;
  }
}
