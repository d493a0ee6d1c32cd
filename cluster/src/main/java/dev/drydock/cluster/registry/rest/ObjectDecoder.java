package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.Decoder.Decoded;
import dev.drydock.cluster.apimachinery.schema.DecodingException;
import java.util.Set;

/// Turns the tree of a request's body into an object of one kind and version.
@FunctionalInterface
public interface ObjectDecoder {

  /// @param duplicates the paths of fields that the text gave twice
  Decoded decode(JsonObject tree, Set<String> duplicates) throws DecodingException;
}
