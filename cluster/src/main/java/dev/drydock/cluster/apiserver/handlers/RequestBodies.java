package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.schema.GroupVersionKind;
import dev.drydock.cluster.apiserver.ServerRequest;

/// Reads the object in a request's body, whatever its encoding, and checks it against the kind's
/// schema.
public final class RequestBodies {
  /// The largest body, as upstream's.
  public static final int BYTES_MAX = 3 * 1024 * 1024;

  /// The object of a create or update, which must be of the kind given.
  JsonObject decode(ServerRequest request, GroupVersionKind kind) {
    JsonObject object = parse(request);
    return object.with("apiVersion", kind.apiVersion()).with("kind", kind.kind());
  }

  /// A `DeleteOptions`.
  JsonObject decodeOptions(ServerRequest request) {
    return parse(request);
  }

  private static JsonObject parse(ServerRequest request) {
    checkSize(request.raw().body());
    try {
      Json json = JsonParser.parse(request.raw().body());
      if (json instanceof JsonObject object) {
        return object;
      }
      throw StatusException.badRequest("the body must be an object, not a JSON " + json.goKind());
    } catch (JsonSyntaxException e) {
      throw StatusException.badRequest(String.valueOf(e.getMessage()));
    }
  }

  static void checkSize(byte[] body) {
    if (body.length > BYTES_MAX) {
      throw StatusException.of(
          StatusReason.REQUEST_ENTITY_TOO_LARGE, "Request entity too large: limit is " + BYTES_MAX);
    }
  }
}
