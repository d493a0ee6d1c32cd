package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.schema.Decoder;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apimachinery.schema.Schemas;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.registry.rest.ObjectDecoder;
import dev.drydock.cluster.registry.rest.Representation;
import dev.drydock.cluster.registry.rest.ResourceStore;
import org.jspecify.annotations.Nullable;

/// The kind of object that a body has or a patch makes, and how it is read.
///
/// @param strategic the type that strategic merge patches go by; null where there are none
record BodyKind(GroupVersionKind kind, ObjectDecoder decoder, @Nullable ObjectType strategic) {

  static BodyKind of(ResourceStore store) {
    Representation representation = store.representation();
    return new BodyKind(
        store.resource().groupVersionKind(),
        representation.decoder(),
        representation.mergesStrategically() ? representation.type() : null);
  }

  /// A kind that has a type of its own whatever the resource; what has none is taken as it is.
  static BodyKind builtIn(GroupVersionKind kind) {
    ObjectType type = Schemas.of(kind);
    ObjectDecoder decoder =
        type == null
            ? (tree, _) -> new Decoded(tree, ImmutableList.of())
            : (tree, duplicates) -> Decoder.decode(type, tree, duplicates);
    return new BodyKind(kind, decoder, type);
  }
}
