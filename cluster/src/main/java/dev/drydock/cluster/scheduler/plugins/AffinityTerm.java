package dev.drydock.cluster.scheduler.plugins;

import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.scheduler.framework.NodeInfo;
import java.util.List;
import java.util.Optional;

/// One term of a pod's affinity or anti-affinity: pods it speaks of, and how near is near. Models
/// framework.AffinityTerm.
///
/// @param own the namespace of the pod whose term this is
/// @param weight of a preferred term; 0 for a required one
record AffinityTerm(
    Optional<Selector> selector,
    ImmutableSet<String> namespaces,
    Optional<Selector> namespaceSelector,
    String topologyKey,
    String own,
    long weight) {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  /// @param kind `podAffinity` or `podAntiAffinity`
  static List<AffinityTerm> required(JsonObject pod, String kind) {
    return pod.array("spec", "affinity", kind, REQUIRED)
        .objects()
        .map(term -> of(pod, term, 0))
        .toList();
  }

  static List<AffinityTerm> preferred(JsonObject pod, String kind) {
    return pod.array("spec", "affinity", kind, PREFERRED)
        .objects()
        .map(weighted -> of(pod, weighted.object("podAffinityTerm"), weighted.integer(0, "weight")))
        .toList();
  }

  private static AffinityTerm of(JsonObject pod, JsonObject term, long weight) {
    return new AffinityTerm(
        term.has("labelSelector")
            ? Optional.of(Selector.ofLabelSelector(term.object("labelSelector")))
            : Optional.empty(),
        term.array("namespaces").strings().collect(ImmutableSet.toImmutableSet()),
        term.has("namespaceSelector")
            ? Optional.of(Selector.ofLabelSelector(term.object("namespaceSelector")))
            : Optional.empty(),
        term.string("topologyKey"),
        ObjectMeta.namespace(pod),
        weight);
  }

  /// Whether the term speaks of a pod.
  boolean matches(JsonObject pod, Client client) {
    return selector.filter(s -> s.matches(ObjectMeta.labels(pod))).isPresent()
        && matchesNamespace(ObjectMeta.namespace(pod), client);
  }

  private boolean matchesNamespace(String namespace, Client client) {
    if (namespaces.contains(namespace)) {
      return true;
    }
    if (namespaceSelector.isEmpty()) {
      return namespaces.isEmpty() && namespace.equals(own);
    }
    return client
        .get("namespaces", "", namespace)
        .filter(object -> namespaceSelector.get().matches(ObjectMeta.labels(object)))
        .isPresent();
  }

  /// The place of a node in the term's topology; empty for a node outside it.
  Optional<Topology> topology(NodeInfo node) {
    return Optional.ofNullable(node.labels().get(topologyKey))
        .map(value -> new Topology(topologyKey, value));
  }

  /// A label that all nodes of one place share.
  record Topology(String key, String value) {}
}
