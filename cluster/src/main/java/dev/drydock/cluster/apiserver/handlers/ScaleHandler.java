package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.printers.PrintContext;
import dev.drydock.cluster.printers.Printers;
import dev.drydock.cluster.printers.TableGenerator;
import dev.drydock.cluster.printers.TableGenerator.Include;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.Scales;
import dev.drydock.cluster.registry.rest.WriteOptions;
import java.util.List;
import java.util.function.UnaryOperator;

/// Reads and changes the `scale` subresource: what the client sees is a `Scale`, what is stored is
/// the workload. Models the ScaleREST of pkg/registry/apps/deployment/storage.
final class ScaleHandler {
  private final RequestBodies bodies;
  private final Patches patches;

  ScaleHandler(RequestBodies bodies, Patches patches) {
    this.bodies = bodies;
    this.patches = patches;
  }

  Reply answer(ServerRequest request, ResourceStore store) {
    return switch (request.info().verb()) {
      case "get" -> get(request, store);
      case "update" -> update(request, store);
      case "patch" ->
          Patches.mediaType(request).equals(ApiRequest.APPLY_PATCH)
              ? apply(request, store)
              : patch(request, store);
      default -> throw StatusException.methodNotAllowed();
    };
  }

  private static Reply get(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    JsonObject scale =
        Scales.of(
            store.get(ReadHandler.context(request), info.namespace(), info.name()).object(),
            store.scalePaths());
    if (!request.wantsTable()) {
      return new Reply.Single(200, scale);
    }
    return new Reply.Single(
        200,
        TableGenerator.table(
            Printers.columns("scales.autoscaling"),
            List.of(scale),
            object -> object,
            JsonObject.of("resourceVersion", Json.of(ObjectMeta.resourceVersion(scale))),
            Include.of(info.query().get("includeObject")),
            true,
            new PrintContext(request.transaction().now())));
  }

  private Reply update(ServerRequest request, ResourceStore store) {
    JsonObject scale = bodies.decode(request, Scales.KIND);
    if (ObjectMeta.name(scale).isEmpty()) {
      throw StatusException.badRequest("name must be provided");
    }
    return change(request, store, _ -> scale);
  }

  private Reply patch(ServerRequest request, ResourceStore store) {
    return change(request, store, patches.change(request, BodyKind.builtIn(Scales.KIND)));
  }

  private static Reply change(
      ServerRequest request, ResourceStore store, UnaryOperator<JsonObject> change) {
    return write(
        request,
        store,
        old -> {
          JsonObject scale =
              inNamespace(change.apply(Scales.of(old, store.scalePaths())), request.info());
          Scales.check(scale, old, store.named(request.info().name()));
          return Scales.into(old, scale, store.scalePaths());
        },
        WriteHandler.options(request));
  }

  private static JsonObject inNamespace(JsonObject scale, RequestInfo info) {
    return ObjectMeta.namespace(scale).isEmpty()
        ? ObjectMeta.with(scale, "namespace", Json.of(info.namespace()))
        : scale;
  }

  private static Reply write(
      ServerRequest request,
      ResourceStore store,
      UnaryOperator<JsonObject> change,
      WriteOptions options) {
    RequestInfo info = request.info();
    JsonObject updated =
        store.update(
            ReadHandler.context(request),
            info.namespace(),
            info.name(),
            Scales.SUBRESOURCE,
            change,
            options);
    return new Reply.Single(200, Scales.of(updated, store.scalePaths()));
  }

  /// Server-side apply: the number of replicas is applied to the workload itself.
  private Reply apply(ServerRequest request, ResourceStore store) {
    JsonObject configuration = patches.configuration(request, BodyKind.builtIn(Scales.KIND));
    WriteOptions options = WriteHandler.options(request).asApplied();
    return write(
        request,
        store,
        old -> {
          Scales.check(
              Scales.of(old, store.scalePaths()).with("spec", configuration.object("spec")),
              old,
              store.named(request.info().name()));
          JsonObject applied =
              JsonObject.builder()
                  .put("apiVersion", store.resource().groupVersion().toString())
                  .put("kind", store.resource().kind())
                  .put("metadata", JsonObject.of("name", Json.of(request.info().name())))
                  .put("spec", configuration.object("spec"))
                  .build();
          return Patches.merge(request, store, old, applied, options);
        },
        options);
  }
}
