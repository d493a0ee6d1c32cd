package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;

/// Matches nodes with node selectors. Models component-helpers/scheduling/corev1/nodeaffinity.
final class NodeSelectors {
  private NodeSelectors() {}

  /// Whether one of a `NodeSelector`'s terms matches.
  static boolean matches(JsonObject nodeSelector, JsonObject node) {
    return nodeSelector
        .array("nodeSelectorTerms")
        .objects()
        .anyMatch(term -> matchesTerm(term, node));
  }

  /// Whether a term matches; an empty one matches nothing.
  static boolean matchesTerm(JsonObject term, JsonObject node) {
    boolean empty = term.array("matchExpressions").isEmpty() && term.array("matchFields").isEmpty();
    return !empty
        && Selector.ofLabelSelector(term.without("matchLabels")).matches(ObjectMeta.labels(node))
        && Selector.ofLabelSelector(JsonObject.of("matchExpressions", term.array("matchFields")))
            .matches(ImmutableMap.of("metadata.name", ObjectMeta.name(node)));
  }
}
