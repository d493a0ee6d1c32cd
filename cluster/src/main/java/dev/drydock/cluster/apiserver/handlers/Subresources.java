package dev.drydock.cluster.apiserver.handlers;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.apiserver.Reply;
import dev.drydock.cluster.apiserver.ServerRequest;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.Scales;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.rest.WriteOptions;

/// Subresources that are objects of another kind: a workload's scale, a pod's binding and eviction,
/// a namespace's finalization.
public final class Subresources {
  private final RequestBodies bodies;
  private final ScaleHandler scale;
  private final TokenHandler token;

  public Subresources(RequestBodies bodies, Patches patches) {
    this.bodies = bodies;
    this.scale = new ScaleHandler(bodies, patches);
    this.token = new TokenHandler(bodies);
  }

  public Reply answer(ServerRequest request, ResourceStore store) {
    if (request.info().subresource().equals(Scales.SUBRESOURCE)) {
      return scale.answer(request, store);
    }
    return switch (store.storageName() + "/" + request.info().subresource()) {
      case "pods/binding" -> bind(request, store);
      case "pods/eviction" -> evict(request, store);
      case "serviceaccounts/token" -> token.answer(request, store);
      case "namespaces/finalize" -> finalizeNamespace(request, store);
      default -> throw StatusException.methodNotAllowed();
    };
  }

  private static JsonObject success(int code) {
    return JsonObject.builder()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("metadata", JsonObject.EMPTY)
        .put("status", "Success")
        .put("code", code)
        .build();
  }

  /// Assigns a pod to a node. Models pkg/registry/core/pod/storage.BindingREST.
  private Reply bind(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    JsonObject binding = bodies.decodeOptions(request);
    bind(
        ReadHandler.context(request),
        store,
        info.namespace(),
        info.name(),
        binding.string("target", "name"),
        WriteHandler.options(request));
    return new Reply.Single(201, success(201));
  }

  /// As the scheduler's client calls it.
  public static void bind(
      StrategyContext context,
      ResourceStore store,
      String namespace,
      String name,
      String node,
      WriteOptions options) {
    store.update(
        context,
        namespace,
        name,
        "binding",
        pod -> {
          checkBindable(pod, store, name);
          String now = Times.seconds(context.transaction().now());
          return scheduled(pod.withAt(Json.of(node), "spec", "nodeName"), now);
        },
        options);
  }

  private static void checkBindable(JsonObject pod, ResourceStore store, String name) {
    if (ObjectMeta.isBeingDeleted(pod)) {
      throw StatusException.conflict(
          store.named(name), "pod " + name + " is being deleted, cannot be assigned to a host");
    }
    String already = pod.string("spec", "nodeName");
    if (!already.isEmpty()) {
      throw StatusException.conflict(
          store.named(name), "pod %s is already assigned to node \"%s\"".formatted(name, already));
    }
  }

  private static JsonObject scheduled(JsonObject pod, String now) {
    JsonObject condition =
        JsonObject.builder()
            .put("type", "PodScheduled")
            .put("observedGeneration", pod.integer(1, "metadata", "generation"))
            .put("status", "True")
            .put("lastProbeTime", dev.drydock.cluster.apimachinery.json.JsonNull.NULL)
            .put("lastTransitionTime", now)
            .build();
    JsonArray others =
        JsonArray.copyOf(
            pod.array("status", "conditions")
                .objects()
                .filter(c -> !c.string("type").equals("PodScheduled"))
                .toList());
    return pod.withAt(others.plus(condition), "status", "conditions");
  }

  private Reply evict(ServerRequest request, ResourceStore store) {
    Evictions.evict(request, store, bodies.decodeOptions(request));
    return new Reply.Single(201, success(201));
  }

  /// Removes a namespace's own finalizers, after which it goes.
  private Reply finalizeNamespace(ServerRequest request, ResourceStore store) {
    RequestInfo info = request.info();
    JsonObject body = bodies.decode(request, store);
    JsonObject updated =
        store.update(
            ReadHandler.context(request),
            "",
            info.name(),
            "finalize",
            old -> old.withAt(body.array("spec", "finalizers"), "spec", "finalizers"),
            WriteHandler.options(request));
    return new Reply.Single(200, updated);
  }
}
