package dev.drydock.cluster.apiserver;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.admission.AdmissionChain;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersionResource;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apiserver.openapi.CustomOpenApi;
import dev.drydock.cluster.registry.Conversions;
import dev.drydock.cluster.registry.apiextensions.customresource.CustomResources;
import dev.drydock.cluster.registry.apiextensions.customresourcedefinition.Definitions;
import dev.drydock.cluster.registry.rest.FieldManagers;
import dev.drydock.cluster.registry.rest.Representation;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.ScalePaths;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.storage.Store;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
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
  private final CustomResources customResources;
  private final Supplier<CustomOpenApi> customOpenApi;
  private final Cache<Object, Registry> extended = CacheBuilder.newBuilder().weakKeys().build();

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
                  Conversions.of(resource.groupVersionResource())),
              ScalePaths.BUILT_IN);
      all.put(resource.groupVersionResource(), store);
      first.putIfAbsent(name, store);
    }
    this.stores = all.buildOrThrow();
    this.preferred = ImmutableMap.copyOf(first);
    this.customResources = new CustomResources(admission);
    this.customOpenApi = Suppliers.memoize(() -> CustomOpenApi.of(List.of()));
  }

  /// A registry with more resources: custom ones.
  private Registry(Registry builtIn, ImmutableList<ResourceStore> custom) {
    this.table = builtIn.table.plus(custom.stream().map(ResourceStore::resource).toList());
    this.customResources = builtIn.customResources;
    Map<GroupVersionResource, ResourceStore> all = new LinkedHashMap<>(builtIn.stores);
    Map<String, ResourceStore> first = new LinkedHashMap<>(builtIn.preferred);
    for (ResourceStore store : custom) {
      all.putIfAbsent(store.resource().groupVersionResource(), store);
      first.putIfAbsent(store.resource().groupResource(), store);
    }
    this.stores = ImmutableMap.copyOf(all);
    this.preferred = ImmutableMap.copyOf(first);
    this.customOpenApi = Suppliers.memoize(() -> CustomOpenApi.of(custom));
  }

  /// The registry with the custom resources that a cluster defines. It follows from the store.
  public Registry at(Store store) {
    Object version = store.version(Definitions.RESOURCE);
    if (version == null) {
      return this;
    }
    try {
      return extended.get(version, () -> with(customResources.of(store)));
    } catch (ExecutionException e) {
      throw new IllegalStateException("definitions that were validated make no registry", e);
    }
  }

  private Registry with(ImmutableList<ResourceStore> custom) {
    return custom.isEmpty() ? this : new Registry(this, custom);
  }

  /// The OpenAPI documents of the custom resources.
  public CustomOpenApi customOpenApi() {
    return customOpenApi.get();
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
