package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusException.GroupResourceName;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.managedfields.ManagedFields.ApplyResult;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.patch.GoFormat;
import dev.drydock.cluster.apimachinery.patch.JsonPatch;
import dev.drydock.cluster.apimachinery.patch.MergePatch;
import dev.drydock.cluster.apimachinery.patch.PatchException;
import dev.drydock.cluster.apimachinery.patch.StrategicMergePatch;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import dev.drydock.cluster.apimachinery.validation.FieldError;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.WriteOptions;
import dev.drydock.cluster.storage.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The patch types. Models apiserver/pkg/endpoints/handlers/patch.go.
public final class Patches {
  private final RequestBodies bodies;

  public Patches(RequestBodies bodies) {
    this.bodies = bodies;
  }

  /// A patch, read and ready to be applied to an object.
  private interface Patch {
    JsonObject apply(JsonObject old) throws PatchException;
  }

  Reply patch(ServerRequest request, ResourceStore store) {
    if (mediaType(request).equals(ApiRequest.APPLY_PATCH)) {
      return apply(request, store);
    }
    UnaryOperator<JsonObject> change = change(request, BodyKind.of(store));
    Optional<StoredObject> before =
        store.find(ReadHandler.context(request), request.info().namespace(), request.info().name());
    JsonObject updated =
        store.update(
            ReadHandler.context(request),
            request.info().namespace(),
            request.info().name(),
            request.info().subresource(),
            old -> store.representation().conversion().toStored(change.apply(store.shown(old))),
            WriteHandler.options(request));
    WriteHandler.warnOfChange(request, store, before, updated);
    return new Reply.Single(200, store.shown(updated));
  }

  static String mediaType(ServerRequest request) {
    return request.raw().header("content-type").split(";", 2)[0].strip();
  }

  /// Server-side apply, which also creates.
  private Reply apply(ServerRequest request, ResourceStore store) {
    JsonObject configuration = configuration(request, BodyKind.of(store));
    WriteOptions options = WriteHandler.options(request).asApplied();
    RequestInfo info = request.info();
    Optional<StoredObject> before =
        store.find(ReadHandler.context(request), info.namespace(), info.name());
    if (before.isEmpty()) {
      JsonObject named =
          ObjectMeta.name(configuration).isEmpty()
              ? ObjectMeta.with(configuration, "name", Json.of(info.name()))
              : configuration;
      JsonObject merged = stored(request, store, merge(request, store, null, named, options));
      JsonObject created =
          store.create(ReadHandler.context(request), info.namespace(), merged, options);
      WriteHandler.warn(request, store, created);
      return new Reply.Single(201, store.shown(created));
    }
    JsonObject updated =
        store.update(
            ReadHandler.context(request),
            info.namespace(),
            info.name(),
            info.subresource(),
            old ->
                stored(
                    request,
                    store,
                    merge(request, store, store.shown(old), configuration, options)),
            options);
    WriteHandler.warnOfChange(request, store, before, updated);
    return new Reply.Single(200, store.shown(updated));
  }

  /// The configuration that a request applies, checked.
  JsonObject configuration(ServerRequest request, BodyKind kind) {
    JsonObject configuration = RequestBodies.yamlObject(request.raw().body());
    if (kind.strategic() == null) {
      bodies.recheck(request, kind, configuration);
    }
    if (!request.info().query().has("fieldManager")) {
      throw StatusException.invalid(
          new GroupResourceName("meta.k8s.io", "PatchOptions", ""),
          List.of(
              new FieldError(
                  FieldError.Type.REQUIRED,
                  "fieldManager",
                  "Required value: is required for apply patch")));
    }
    return configuration;
  }

  static JsonObject merge(
      ServerRequest request,
      ResourceStore store,
      @Nullable JsonObject live,
      JsonObject configuration,
      WriteOptions options) {
    ApplyResult result =
        store
            .fieldManagers()
            .apply(
                live,
                configuration,
                request.info().query().isOn("force"),
                options.fieldManager(),
                request.info().subresource(),
                request.transaction().now());
    return switch (result) {
      case ApplyResult.Applied(JsonObject object) -> object;
      case ApplyResult.Conflicts conflicts ->
          throw StatusException.applyConflict(conflicts.message(), causes(conflicts));
      case ApplyResult.Invalid(String message) ->
          throw StatusException.of(
              StatusReason.UNKNOWN,
              "failed to create typed patch object (%s/%s; %s): %s"
                  .formatted(
                      request.info().namespace(),
                      request.info().name(),
                      store.resource().groupVersionKind(),
                      message));
    };
  }

  private static JsonArray causes(ApplyResult.Conflicts conflicts) {
    return JsonArray.copyOf(
        conflicts.conflicts().stream()
            .map(
                conflict ->
                    JsonObject.builder()
                        .put("reason", "FieldManagerConflict")
                        .put("message", conflict.causeMessage())
                        .put("field", conflict.field())
                        .build())
            .toList());
  }

  /// What a request's patch makes of an object of a kind, which it checks afterwards.
  UnaryOperator<JsonObject> change(ServerRequest request, BodyKind kind) {
    Patch patch = read(request, kind);
    boolean strategic = mediaType(request).equals(ApiRequest.STRATEGIC_MERGE_PATCH);
    return old -> {
      try {
        JsonObject patched = patch.apply(old);
        String shown = strategic ? GoFormat.of(object(request)) : "";
        return bodies.recheckPatched(request, kind, patched, shown);
      } catch (PatchException e) {
        throw refused(e);
      }
    };
  }

  /// An object that a patch has made, checked, as it is stored.
  private JsonObject stored(ServerRequest request, ResourceStore store, JsonObject object) {
    return store
        .representation()
        .conversion()
        .toStored(bodies.recheck(request, BodyKind.of(store), object));
  }

  private static StatusException refused(PatchException e) {
    return switch (e.answer()) {
      case BAD_REQUEST -> StatusException.badRequest(e.message());
      case TOO_LARGE -> StatusException.of(StatusReason.REQUEST_ENTITY_TOO_LARGE, e.message());
      case UNPROCESSABLE -> StatusException.unprocessable();
      case INTERNAL -> StatusException.of(StatusReason.UNKNOWN, e.message());
    };
  }

  private static Patch read(ServerRequest request, BodyKind kind) {
    String type = mediaType(request);
    return switch (type) {
      case ApiRequest.JSON_PATCH -> {
        Json operations = json(request);
        yield old -> JsonPatch.apply(old, operations);
      }
      case ApiRequest.MERGE_PATCH -> {
        JsonObject patch = object(request);
        yield old -> MergePatch.apply(old, patch);
      }
      case ApiRequest.STRATEGIC_MERGE_PATCH -> {
        ObjectType schema = kind.strategic();
        if (schema == null) {
          throw unsupported(type);
        }
        JsonObject patch = object(request);
        yield old -> StrategicMergePatch.apply(schema, old, patch);
      }
      default -> throw unsupported(type);
    };
  }

  private static StatusException unsupported(String type) {
    return StatusException.of(
        StatusReason.UNSUPPORTED_MEDIA_TYPE,
        "the body of the request was in an unknown format - accepted media types include:"
            + " application/json-patch+json, application/merge-patch+json, "
            + (type.equals(ApiRequest.STRATEGIC_MERGE_PATCH)
                ? ""
                : ApiRequest.STRATEGIC_MERGE_PATCH + ", ")
            + ApiRequest.APPLY_PATCH);
  }

  private static Json json(ServerRequest request) {
    RequestBodies.checkSize(request.raw().body());
    try {
      return JsonParser.parse(request.raw().body());
    } catch (JsonSyntaxException e) {
      throw StatusException.badRequest("error decoding patch: " + e.getMessage());
    }
  }

  private static JsonObject object(ServerRequest request) {
    Json json = json(request);
    if (json instanceof JsonObject object) {
      return object;
    }
    throw StatusException.badRequest(
        "error decoding patch: json: cannot unmarshal %s into Go value of type map[string]interface {}"
            .formatted(json.goKind()));
  }
}
