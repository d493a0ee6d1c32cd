package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import java.util.List;
import java.util.Optional;

/// One topology spread constraint of a pod. Models plugins/podtopologyspread/common.go.
///
/// @param minDomains how many places there should be at least; 0 for any number
record SpreadConstraint(
    JsonObject pod,
    String topologyKey,
    long maxSkew,
    long minDomains,
    boolean required,
    Selector selector,
    boolean honorsAffinity,
    boolean honorsTaints) {
  static final String HOSTNAME = "kubernetes.io/hostname";
  private static final String ZONE = "topology.kubernetes.io/zone";

  /// The pod's own constraints.
  ///
  /// @param required those that must hold, or those that only should
  static ImmutableList<SpreadConstraint> of(JsonObject pod, boolean required) {
    return pod.array("spec", "topologySpreadConstraints")
        .objects()
        .map(constraint -> of(pod, constraint))
        .filter(constraint -> constraint.required == required)
        .collect(ImmutableList.toImmutableList());
  }

  private static SpreadConstraint of(JsonObject pod, JsonObject constraint) {
    JsonObject selector = constraint.object("labelSelector");
    for (String key : constraint.array("matchLabelKeys").strings().toList()) {
      String value = ObjectMeta.labels(pod).get(key);
      if (value != null) {
        selector = selector.withObject("matchLabels", labels -> labels.with(key, Json.of(value)));
      }
    }
    return new SpreadConstraint(
        pod,
        constraint.string("topologyKey"),
        constraint.integer(1, "maxSkew"),
        constraint.integer(0, "minDomains"),
        !constraint.string("whenUnsatisfiable").equals("ScheduleAnyway"),
        Selector.ofLabelSelector(selector),
        !constraint.string("nodeAffinityPolicy").equals("Ignore"),
        constraint.string("nodeTaintsPolicy").equals("Honor"));
  }

  /// What holds for a pod without constraints of its own: those it shares an owner or a Service
  /// with should be spread over nodes, and over zones.
  static ImmutableList<SpreadConstraint> systemDefaults(JsonObject pod, Client client) {
    return PodOwners.selector(pod, client)
        .map(
            selector ->
                ImmutableList.of(
                    new SpreadConstraint(pod, HOSTNAME, 3, 0, false, selector, true, false),
                    new SpreadConstraint(pod, ZONE, 5, 0, false, selector, true, false)))
        .orElse(ImmutableList.of());
  }

  /// The place of a node; empty for a node without the label.
  Optional<String> domain(NodeInfo node) {
    return Optional.ofNullable(node.labels().get(topologyKey));
  }

  /// Whether the pods of a node are counted.
  boolean counts(NodeInfo node) {
    return (!honorsAffinity || NodeAffinity.matches(pod, node.node()))
        && (!honorsTaints || TaintToleration.tolerates(pod, node.node()));
  }

  long matchingPods(NodeInfo node) {
    return node.matching(ObjectMeta.namespace(pod), selector);
  }

  boolean matchesItself() {
    return selector.matches(ObjectMeta.labels(pod));
  }

  static boolean hasAllLabels(List<SpreadConstraint> constraints, NodeInfo node) {
    return constraints.stream().allMatch(constraint -> constraint.domain(node).isPresent());
  }
}
