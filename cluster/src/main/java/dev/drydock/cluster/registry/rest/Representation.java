package dev.drydock.cluster.registry.rest;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.Decoder;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.printers.Column;
import dev.drydock.cluster.printers.Printers;
import org.jspecify.annotations.Nullable;

/// How the objects of one version of a resource look to clients.
///
/// @param type the fields, as server-side apply must know them; null where nobody does
/// @param mergesStrategically whether there are merge keys for strategic merge patches
/// @param columns of its tables
public record Representation(
    ObjectDecoder decoder,
    @Nullable ObjectType type,
    boolean mergesStrategically,
    Conversion conversion,
    ImmutableList<Column> columns) {

  /// A kind whose type was compiled in.
  public static Representation builtIn(
      ApiResource resource, String storageName, Conversion conversion) {
    ObjectType type = Schemas.of(resource.groupVersionKind());
    return new Representation(
        (tree, duplicates) ->
            type == null
                ? new Decoded(tree, ImmutableList.of())
                : Decoder.decode(type, tree, duplicates),
        type,
        type != null,
        conversion,
        Printers.columns(storageName));
  }
}
