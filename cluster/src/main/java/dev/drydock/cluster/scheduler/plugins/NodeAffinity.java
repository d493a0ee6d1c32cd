package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.scheduler.framework.FilterPlugin;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import java.util.List;
import java.util.Map;

/// Keeps a pod on the nodes its node selector and required node affinity name. Models
/// plugins/nodeaffinity.
public final class NodeAffinity implements FilterPlugin {
  private static final ImmutableList<String> MISMATCH =
      ImmutableList.of("node(s) didn't match Pod's node affinity/selector");

  @Override
  public ImmutableList<String> filter(JsonObject pod, NodeInfo node) {
    Map<String, String> labels = ObjectMeta.labels(node.node());
    if (!Selector.ofLabels(pod.strings("spec", "nodeSelector")).matches(labels)) {
      return MISMATCH;
    }
    List<JsonObject> terms =
        pod.array(
                "spec",
                "affinity",
                "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution",
                "nodeSelectorTerms")
            .objects()
            .toList();
    return terms.isEmpty() || terms.stream().anyMatch(term -> matches(term, node.name(), labels))
        ? ImmutableList.of()
        : MISMATCH;
  }

  private static boolean matches(JsonObject term, String name, Map<String, String> labels) {
    boolean empty = term.array("matchExpressions").isEmpty() && term.array("matchFields").isEmpty();
    return !empty
        && Selector.ofLabelSelector(term).matches(labels)
        && Selector.ofLabelSelector(JsonObject.of("matchExpressions", term.array("matchFields")))
            .matches(ImmutableMap.of("metadata.name", name));
  }
}
