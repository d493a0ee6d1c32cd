package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.storage.StoredObject;

/// What the API server answers, before it is written out.
public sealed interface Reply {

  /// The answer's code.
  default int status() {
    return 200;
  }

  /// One object: what was asked for, a `Table`, or a `Status`.
  record Single(int status, JsonObject object) implements Reply {}

  /// An object as it is stored, whose encoding is shared.
  record Stored(StoredObject object) implements Reply {}

  /// A list.
  ///
  /// @param metadata of the list
  record Listing(
      String apiVersion, String kind, JsonObject metadata, ImmutableList<StoredObject> items)
      implements Reply {}

  /// Bytes of any type, made elsewhere.
  record Document(int status, String contentType, byte[] body, String etag) implements Reply {

    /// JSON text that is no document of its own right, so without an etag.
    public static Document json(byte[] body) {
      return new Document(200, "application/json", body, "");
    }
  }

  /// An answer that goes on: a watch, a log, a session in a container. The edge runs it.
  record Stream(LongRunning request) implements Reply {}
}
