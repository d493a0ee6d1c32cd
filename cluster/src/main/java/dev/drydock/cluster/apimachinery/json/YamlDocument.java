package dev.drydock.cluster.apimachinery.json;

/// One document of a YAML stream.
///
/// @param index counts the stream's documents that hold anything, from 0
public record YamlDocument(Json root, Positions positions, int index) {

  /// The document as an object; an empty one where it is a list or a scalar.
  public JsonObject object() {
    return root instanceof JsonObject object ? object : JsonObject.EMPTY;
  }
}
