package dev.drydock.cluster.storage;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonSize;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/// An object as stored, with the revision that wrote it. Its encoding is made once and shared by
/// every answer and every fork.
public final class StoredObject {
  private final JsonObject object;
  private final long revision;
  private final long size;
  private byte @Nullable [] encoded;
  private @Nullable Object derived;

  StoredObject(JsonObject object, long revision) {
    this.object = object;
    this.revision = revision;
    this.size = JsonSize.of(object);
  }

  /// About how many bytes the object has as JSON text.
  public long size() {
    return size;
  }

  public JsonObject object() {
    return object;
  }

  /// The same revision of the object in another shape.
  public StoredObject with(JsonObject other) {
    return other == object ? this : new StoredObject(other, revision);
  }

  /// The object's resourceVersion as a number.
  public long revision() {
    return revision;
  }

  /// What a reader of the object last derived from it, and keeps with it because it costs to make:
  /// an immutable value, or null.
  public @Nullable Object derived() {
    return derived;
  }

  /// Keeps a derived value for the next reader. A race only derives twice.
  public void keep(Object value) {
    derived = value;
  }

  /// The object as JSON text without `kind` and `apiVersion`, as items of lists have it. Not to be
  /// changed by the caller. A race only encodes twice.
  public byte[] encoded() {
    byte[] bytes = encoded;
    if (bytes == null) {
      bytes = JsonWriter.bytes(object.without("kind").without("apiVersion"));
      encoded = bytes;
    }
    return bytes;
  }
}
