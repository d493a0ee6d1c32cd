package dev.drydock.cluster.apimachinery.schema;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/// One resource of the API, as discovery describes it.
///
/// @param singular the lower-case singular; empty where an aggregated server gives none
public record ApiResource(
    GroupVersion groupVersion,
    String plural,
    String singular,
    String kind,
    boolean namespaced,
    ImmutableList<String> verbs,
    ImmutableList<String> shortNames,
    ImmutableList<String> categories,
    ImmutableList<Subresource> subresources) {
  /// The verbs of a resource that is stored, in discovery's order.
  public static final ImmutableList<String> ALL_VERBS =
      ImmutableList.of(
          "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  /// A part of a resource with an address of its own, such as `pods/log`.
  ///
  /// @param kind the kind it is read and written as
  public record Subresource(String name, GroupVersionKind kind, ImmutableList<String> verbs) {}

  public GroupVersionKind groupVersionKind() {
    return groupVersion.kind(kind);
  }

  public GroupVersionResource groupVersionResource() {
    return groupVersion.resource(plural);
  }

  /// The name messages use: `deployments.apps`, `pods`.
  public String groupResource() {
    return groupVersionResource().groupResource();
  }

  public String listKind() {
    return kind + "List";
  }

  /// Whether another server stands behind it on a real cluster: that of metrics.
  boolean isAggregated() {
    return groupVersion.group().equals("metrics.k8s.io");
  }

  public boolean allows(String verb) {
    return verbs.contains(verb);
  }

  /// Whether objects of it are kept, and not only answered (as reviews and metrics are).
  public boolean stored() {
    return allows("watch");
  }

  public @Nullable Subresource subresource(String name) {
    return subresources.stream().filter(sub -> sub.name().equals(name)).findFirst().orElse(null);
  }
}
