package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.admission.AdmissionChain;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.registry.Conversions;
import dev.drydock.cluster.registry.rest.FieldManagers;
import dev.drydock.cluster.registry.rest.Representation;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The stores of all resources the server has.
public final class Registry {
  /// Resources that are two views of the same objects.
  private static final ImmutableMap<String, String> SHARED_STORAGE =
      ImmutableMap.of("events.events.k8s.io", "events");

  private final ResourceTable table;
  private final ImmutableMap<GroupVersionResource, ResourceStore> stores;
  private final ImmutableMap<String, ResourceStore> preferred;

  public Registry(
      ResourceTable table, Function<String, Strategy> strategies, AdmissionChain admission) {
    this.table = table;
    ImmutableMap.Builder<GroupVersionResource, ResourceStore> all = ImmutableMap.builder();
    Map<String, ResourceStore> first = new LinkedHashMap<>();
    for (ApiResource resource : table.resources()) {
      String name = resource.groupResource();
      ResourceStore store =
          new ResourceStore(
              resource,
              SHARED_STORAGE.getOrDefault(name, name),
              strategies.apply(name),
              admission,
              new FieldManagers(resource),
              Representation.builtIn(
                  resource,
                  SHARED_STORAGE.getOrDefault(name, name),
                  Conversions.of(resource.groupVersionResource())));
      all.put(resource.groupVersionResource(), store);
      first.putIfAbsent(name, store);
    }
    this.stores = all.buildOrThrow();
    this.preferred = ImmutableMap.copyOf(first);
  }

  public ResourceTable table() {
    return table;
  }

  public @Nullable ResourceStore find(GroupVersionResource resource) {
    return stores.get(resource);
  }

  /// The store of a resource named as `pods` or `deployments.apps`.
  public Optional<ResourceStore> find(String groupResource) {
    return Optional.ofNullable(preferred.get(groupResource));
  }
}
