package dev.drydock.cluster.apiserver;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apiserver.handlers.PodConnections;
import dev.drydock.cluster.apiserver.handlers.ReadHandler;
import dev.drydock.cluster.apiserver.handlers.Reviews;
import dev.drydock.cluster.apiserver.handlers.Subresources;
import dev.drydock.cluster.apiserver.handlers.WriteHandler;
import dev.drydock.cluster.apiserver.request.RequestInfo;
import dev.drydock.cluster.authorization.Authorizer;
import dev.drydock.cluster.authorization.Authorizer.Attributes;
import dev.drydock.cluster.authorization.Authorizer.Decision;
import dev.drydock.cluster.registry.rest.ResourceStore;

/// The API server as a function: authorization, then the handler of the verb, which runs admission,
/// strategy and storage. It has no state; every cluster shares one.
///
/// Models apiserver/pkg/server and pkg/endpoints.
public final class ApiServer {
  private final Registry registry;
  private final Authorizer authorizer;
  private final ReadHandler read = new ReadHandler();
  private final WriteHandler write;
  private final Subresources subresources;
  private final PodConnections connections;
  private final Reviews reviews;

  public ApiServer(
      Registry registry,
      Authorizer authorizer,
      WriteHandler write,
      Subresources subresources,
      PodConnections connections,
      Reviews reviews) {
    this.registry = registry;
    this.authorizer = authorizer;
    this.write = write;
    this.subresources = subresources;
    this.connections = connections;
    this.reviews = reviews;
  }

  public Registry registry() {
    return registry;
  }

  /// An answer and the warnings that go with it.
  public record Answer(Reply reply, ImmutableList<String> warnings) {}

  /// Answers a request; what it changes is in its transaction afterwards. A request that is refused
  /// is answered with a `Status` and changes nothing.
  public Answer answer(ServerRequest request) {
    Reply reply;
    try {
      authorize(request);
      Registry served = registry.at(request.transaction().store());
      reply =
          request.info().resourceRequest()
              ? resource(request, served)
              : new NonResourcePaths(served).answer(request);
    } catch (StatusException e) {
      reply = new Reply.Single(e.code(), e.status());
    }
    return new Answer(reply, ImmutableList.copyOf(request.warnings()));
  }

  private void authorize(ServerRequest request) {
    RequestInfo info = request.info();
    Attributes attributes =
        new Attributes(
            request.user(),
            info.verb(),
            info.namespace(),
            info.groupVersion().group(),
            info.resource(),
            info.subresource(),
            info.name(),
            info.resourceRequest(),
            info.path());
    Decision decision = authorizer.authorize(attributes, request.transaction().store());
    if (!decision.allowed()) {
      throw Forbidden.of(attributes, decision);
    }
  }

  private Reply resource(ServerRequest request, Registry served) {
    RequestInfo info = request.info();
    ResourceStore store = served.find(info.groupVersionResource());
    if (store == null) {
      throw StatusException.unknownPath();
    }
    Deprecations.of(store.resource()).ifPresent(request.warnings()::add);
    store.strategy().deprecation().ifPresent(request.warnings()::add);
    ServerRequest scoped = store.resource().namespaced() ? request : request.atClusterScope();
    if (reviews.answers(store.resource())) {
      return reviews.answer(scoped, store.resource());
    }
    if (ComponentStatuses.answers(store.resource())) {
      return ComponentStatuses.answer(scoped);
    }
    if (Metrics.answers(store.resource())) {
      return Metrics.answer(scoped, store);
    }
    if (!info.subresource().isEmpty()) {
      return subresource(scoped, store);
    }
    if (!store.resource().allows(info.verb())) {
      throw StatusException.methodNotAllowed();
    }
    return verb(scoped, store);
  }

  private Reply verb(ServerRequest request, ResourceStore store) {
    return switch (request.info().verb()) {
      case "get" -> read.get(request, store);
      case "list" -> read.list(request, store);
      case "watch" -> read.watch(request, store);
      case "create" -> write.create(request, store);
      case "update" -> write.update(request, store);
      case "patch" -> write.patch(request, store);
      case "delete" -> write.delete(request, store);
      case "deletecollection" -> write.deleteCollection(request, store);
      default -> throw StatusException.methodNotAllowed();
    };
  }

  private Reply subresource(ServerRequest request, ResourceStore store) {
    String name = request.info().subresource();
    ApiResource.Subresource subresource = store.resource().subresource(name);
    if (subresource == null) {
      throw StatusException.unknownPath();
    }
    if (connections.answers(store.resource(), name)) {
      return connections.connect(request, store);
    }
    if (!subresource.verbs().contains(request.info().verb())) {
      throw StatusException.methodNotAllowed();
    }
    return switch (name) {
      case "status", "ephemeralcontainers", "resize", "approval" -> verb(request, store);
      default -> subresources.answer(request, store);
    };
  }
}
