package dev.drydock.cluster.apimachinery.schema;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The resources an API server serves, in the order of aggregated discovery. Immutable.
public final class ResourceTable {
  private static final class BuiltIn {
    static final ResourceTable TABLE = new ResourceTable(ResourceTableReader.builtIn());
  }

  private final ImmutableList<ApiResource> resources;
  private final ImmutableMap<GroupVersionResource, ApiResource> byResource;
  private final ImmutableMap<GroupVersionKind, ApiResource> byKind;

  private ResourceTable(ImmutableList<ApiResource> resources) {
    this.resources = resources;
    Map<GroupVersionResource, ApiResource> plurals = new LinkedHashMap<>();
    Map<GroupVersionKind, ApiResource> kinds = new LinkedHashMap<>();
    for (ApiResource resource : resources) {
      plurals.put(resource.groupVersionResource(), resource);
      kinds.putIfAbsent(resource.groupVersionKind(), resource);
    }
    this.byResource = ImmutableMap.copyOf(plurals);
    this.byKind = ImmutableMap.copyOf(kinds);
  }

  /// What Kubernetes 1.36 serves by default, and metrics.k8s.io/v1beta1.
  public static ResourceTable builtIn() {
    return BuiltIn.TABLE;
  }

  public static ResourceTable of(Iterable<ApiResource> resources) {
    return new ResourceTable(ImmutableList.copyOf(resources));
  }

  /// This table with more resources, those of custom resource definitions: after its own, but
  /// before those of aggregated servers, which clients prefer least.
  public ResourceTable plus(Iterable<ApiResource> more) {
    ImmutableList.Builder<ApiResource> all = ImmutableList.builder();
    resources.stream().filter(resource -> !resource.isAggregated()).forEach(all::add);
    all.addAll(more);
    resources.stream().filter(ApiResource::isAggregated).forEach(all::add);
    return of(all.build());
  }

  public ImmutableList<ApiResource> resources() {
    return resources;
  }

  public @Nullable ApiResource find(GroupVersionResource resource) {
    return byResource.get(resource);
  }

  public @Nullable ApiResource find(GroupVersionKind kind) {
    return byKind.get(kind);
  }

  /// The resource of a group by its plural, singular or short name, in the group's preferred
  /// version.
  public Optional<ApiResource> find(String group, String name) {
    return resources.stream()
        .filter(resource -> resource.groupVersion().group().equals(group))
        .filter(
            resource ->
                resource.plural().equals(name)
                    || resource.singular().equals(name)
                    || resource.shortNames().contains(name))
        .findFirst();
  }

  /// The resources by group, then by version (the preferred one first), in discovery's order.
  public Map<String, Map<String, List<ApiResource>>> byGroup() {
    return resources.stream()
        .collect(
            groupingBy(
                resource -> resource.groupVersion().group(),
                LinkedHashMap::new,
                groupingBy(
                    resource -> resource.groupVersion().version(), LinkedHashMap::new, toList())));
  }

  /// The resources of one group version; none where it is not served.
  public ImmutableList<ApiResource> of(GroupVersion groupVersion) {
    return resources.stream()
        .filter(resource -> resource.groupVersion().equals(groupVersion))
        .collect(ImmutableList.toImmutableList());
  }
}
