package dev.drydock.cluster.registry.apiextensions.customresource;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.admission.AdmissionChain;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.structural.StructuralSchema;
import dev.drydock.cluster.apimachinery.structural.StructuralType;
import dev.drydock.cluster.registry.apiextensions.customresourcedefinition.Definitions;
import dev.drydock.cluster.registry.rest.FieldManagers;
import dev.drydock.cluster.registry.rest.Representation;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.ScalePaths;
import dev.drydock.cluster.storage.Store;
import dev.drydock.cluster.storage.StoredObject;
import java.util.concurrent.ExecutionException;

/// The resources that the definitions in a store make. They follow from the store alone, so a fork
/// sees its own; what one definition makes is kept as long as it is.
///
/// Models apiextensions-apiserver/pkg/apiserver/customresource_handler.go.
public final class CustomResources {
  private final AdmissionChain admission;
  private final Cache<StoredObject, ImmutableList<ResourceStore>> made =
      CacheBuilder.newBuilder().weakKeys().build();

  public CustomResources(AdmissionChain admission) {
    this.admission = admission;
  }

  /// One store for each served version of each established definition.
  public ImmutableList<ResourceStore> of(Store store) {
    return store
        .list(Definitions.RESOURCE, "")
        .flatMap(definition -> of(definition).stream())
        .sorted(CustomResources::compare)
        .collect(ImmutableList.toImmutableList());
  }

  private static int compare(ResourceStore a, ResourceStore b) {
    GroupVersion first = a.resource().groupVersion();
    GroupVersion second = b.resource().groupVersion();
    int byGroup = first.group().compareTo(second.group());
    return byGroup != 0 ? byGroup : Definitions.compareVersions(first.version(), second.version());
  }

  private ImmutableList<ResourceStore> of(StoredObject definition) {
    try {
      return made.get(definition, () -> make(definition.object()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a definition that was validated makes no resource", e);
    }
  }

  private ImmutableList<ResourceStore> make(JsonObject definition) {
    if (!Definitions.is(definition, "Established")) {
      return ImmutableList.of();
    }
    return Definitions.served(definition).stream()
        .map(version -> make(definition, version))
        .collect(ImmutableList.toImmutableList());
  }

  private ResourceStore make(JsonObject definition, JsonObject version) {
    ApiResource resource = Definitions.resource(definition, version);
    StructuralSchema schema = Definitions.schema(version);
    StructuralType type = StructuralType.of(resource.groupVersionKind(), schema);
    CustomResourceConversion conversion =
        new CustomResourceConversion(
            resource.groupVersion().toString(),
            resource.groupVersion().group() + "/" + Definitions.storageVersion(definition),
            schema);
    return new ResourceStore(
        resource,
        resource.groupResource(),
        new CustomResourceStrategy(definition, version, schema),
        admission,
        new FieldManagers(type, resource.groupVersion().toString()),
        new Representation(
            new CustomResourceDecoder(schema),
            type,
            false,
            conversion,
            PrinterColumns.of(version, conversion)),
        scale(version));
  }

  private static ScalePaths scale(JsonObject version) {
    JsonObject scale = version.object("subresources", "scale");
    return scale.isEmpty()
        ? ScalePaths.BUILT_IN
        : ScalePaths.of(
            scale.string("specReplicasPath"),
            scale.string("statusReplicasPath"),
            scale.string("labelSelectorPath"));
  }
}
