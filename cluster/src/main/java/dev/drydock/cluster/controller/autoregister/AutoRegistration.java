package dev.drydock.cluster.controller.autoregister;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.apimachinery.schema.GroupVersion;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.client.workqueue.WorkQueue;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps an APIService for every group version: those the server is built with, made when it
/// starts, and those of custom resource definitions, which come and go with them.
///
/// Models kube-aggregator/pkg/controllers/autoregister, crdregistration and status.
public final class AutoRegistration extends Controller {
  private static final String SERVICES = "apiservices.apiregistration.k8s.io";
  private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";

  public AutoRegistration() {
    super("autoregister");
  }

  @Override
  public WorkQueue start(WorkQueue queue, ComponentContext context) {
    return ResourceTable.builtIn().resources().stream()
        .map(ApiResource::groupVersion)
        .filter(version -> !version.group().equals("apiregistration.k8s.io"))
        .distinct()
        .map(ApiServices::name)
        .reduce(queue, WorkQueue::add, (_, last) -> last);
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals(SERVICES) || resource.equals(DEFINITIONS);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals(SERVICES)) {
      return Stream.of(ObjectMeta.name(event.object()));
    }
    return Stream.of(event.object(), event.previous())
        .flatMap(definition -> versions(definition).map(ApiServices::name))
        .distinct();
  }

  private static Stream<GroupVersion> versions(JsonObject definition) {
    String group = definition.string("spec", "group");
    return definition
        .array("spec", "versions")
        .objects()
        .filter(version -> version.bool("served"))
        .map(version -> new GroupVersion(group, version.string("name")));
  }

  @Override
  protected Duration reconcile(String name, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> existing = client.get(SERVICES, "", name);
    Optional<JsonObject> wanted = wanted(name, client);
    if (existing.isEmpty()) {
      wanted.ifPresent(service -> setAvailable(client.create(SERVICES, service), context));
    } else if (wanted.isEmpty() && isOfDefinition(existing.get())) {
      client.delete(SERVICES, "", name, DeleteOptions.BACKGROUND);
    } else {
      JsonObject kept = restored(existing.get(), wanted, client);
      if (!kept.has("status") && ApiServices.answersByItself(kept)) {
        setAvailable(kept, context);
      }
    }
    return Duration.ZERO;
  }

  private static boolean isOfDefinition(JsonObject service) {
    return ApiServices.managed(service).equals("true");
  }

  /// The object with its spec as it must be, if it is one of ours.
  private static JsonObject restored(
      JsonObject service, Optional<JsonObject> wanted, Client client) {
    boolean changed =
        wanted.isPresent()
            && !ApiServices.managed(service).isEmpty()
            && !service.object("spec").equals(wanted.get().object("spec"));
    return changed
        ? client.update(SERVICES, service.with("spec", wanted.get().object("spec")))
        : service;
  }

  private static void setAvailable(JsonObject service, ComponentContext context) {
    JsonObject _ =
        context.client().updateStatus(SERVICES, ApiServices.available(service, context.now()));
  }

  private static Optional<JsonObject> wanted(String name, Client client) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    GroupVersion version = new GroupVersion(name.substring(dot + 1), name.substring(0, dot));
    if (!ResourceTable.builtIn().of(version).isEmpty()) {
      return Optional.of(ApiServices.object(version, false));
    }
    boolean custom =
        client.list(DEFINITIONS, "").stream()
            .filter(definition -> !ObjectMeta.isBeingDeleted(definition))
            .flatMap(AutoRegistration::versions)
            .anyMatch(version::equals);
    return custom ? Optional.of(ApiServices.object(version, true)) : Optional.empty();
  }
}
