package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.registry.rest.ResourceStore;

/// The patch types. Models apiserver/pkg/endpoints/handlers/patch.go.
public final class Patches {

  Reply patch(ServerRequest request, ResourceStore store) {
    String type = request.raw().header("content-type").split(";", 2)[0].trim();
    return switch (type) {
      case ApiRequest.MERGE_PATCH, ApiRequest.STRATEGIC_MERGE_PATCH -> update(request, store);
      default ->
          throw StatusException.of(
              StatusReason.UNSUPPORTED_MEDIA_TYPE,
              "the body of the request was in an unknown format - accepted media types include:"
                  + " application/json-patch+json, application/merge-patch+json,"
                  + " application/apply-patch+yaml");
    };
  }

  private static Reply update(ServerRequest request, ResourceStore store) {
    JsonObject patch = parse(request);
    JsonObject updated =
        store.update(
            ReadHandler.context(request),
            request.info().namespace(),
            request.info().name(),
            request.info().subresource(),
            old -> merge(old, patch),
            WriteHandler.options(request));
    return new Reply.Single(200, Versions.of(updated, store.resource()));
  }

  private static JsonObject parse(ServerRequest request) {
    RequestBodies.checkSize(request.raw().body());
    try {
      if (JsonParser.parse(request.raw().body()) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonSyntaxException e) {
      throw StatusException.badRequest("error decoding patch: " + e.getMessage());
    }
    throw StatusException.badRequest("error decoding patch: an object is needed");
  }

  private static JsonObject merge(JsonObject target, JsonObject patch) {
    JsonObject.Builder merged = target.toBuilder();
    patch
        .fields()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonNull) {
                merged.remove(name);
              } else if (value instanceof JsonObject below) {
                merged.put(name, merge(target.object(name), below));
              } else {
                merged.put(name, (Json) value);
              }
            });
    return merged.build();
  }
}
