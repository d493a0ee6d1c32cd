package dev.drydock.cluster.registry.rest;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.ApplyResult;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.Change;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Keeps `metadata.managedFields` of a resource's objects: who set which field. Models
/// fieldmanager.FieldManager.
public final class FieldManagers {
  private final @Nullable ObjectType type;
  private final String apiVersion;

  public FieldManagers(ApiResource resource) {
    this(Schemas.of(resource.groupVersionKind()), resource.groupVersion().toString());
  }

  public FieldManagers(@Nullable ObjectType type, String apiVersion) {
    this.type = type;
    this.apiVersion = apiVersion;
  }

  JsonObject created(JsonObject object, WriteOptions options, Instant now) {
    return options.applied()
        ? object
        : ManagedFields.update(type, null, object, change(options.fieldManager(), "", now));
  }

  JsonObject updated(
      JsonObject object, JsonObject old, WriteOptions options, String subresource, Instant now) {
    return options.applied()
        ? object
        : ManagedFields.update(type, old, object, change(options.fieldManager(), subresource, now));
  }

  /// Applies a configuration (server-side apply).
  ///
  /// @param live null for an object that applying creates
  public ApplyResult apply(
      @Nullable JsonObject live,
      JsonObject applied,
      boolean force,
      String manager,
      String subresource,
      Instant now) {
    return ManagedFields.apply(type, live, applied, force, change(manager, subresource, now));
  }

  private Change change(String manager, String subresource, Instant now) {
    ImmutableList<String> reset =
        subresource.equals("status") ? ImmutableList.of("spec") : ImmutableList.of("status");
    return new Change(manager, apiVersion, Times.seconds(now), subresource, reset);
  }
}
