package dev.drydock.cluster.apiserver;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.errors.StatusReason;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.GeneratedNames;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.ResourceTable;
import dev.drydock.cluster.apiserver.handlers.Subresources;
import dev.drydock.cluster.authentication.ServiceAccountTokens;
import dev.drydock.cluster.authentication.UserInfo;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.cri.ContainerRuntime;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.registry.rest.Scales;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.rest.WriteOptions;
import dev.drydock.cluster.storage.ObjectKey;
import dev.drydock.cluster.storage.StoredObject;
import dev.drydock.cluster.storage.Transaction;
import java.util.List;
import java.util.Optional;

/// The API server called in process by a component, within a step of the loop: the same admission,
/// strategies and storage, without encoding in between.
public final class InProcessClient implements Client {
  private final Registry registry;
  private final StrategyContext context;
  private final WriteOptions options;
  private final ContainerRuntime runtime;

  public InProcessClient(
      Registry registry, Transaction transaction, ContainerRuntime runtime, UserInfo user) {
    this.registry = registry;
    this.runtime = runtime;
    this.context = new StrategyContext(transaction, user);
    this.options = new WriteOptions(false, manager(user.name()));
  }

  /// The program a component is part of on a real cluster, which is what manages fields.
  private static String manager(String user) {
    if (user.startsWith("system:node:")) {
      return "kubelet";
    }
    return user.startsWith("system:serviceaccount:kube-system:")
        ? "kube-controller-manager"
        : user.replaceFirst("^system:", "");
  }

  private ResourceStore store(String resource) {
    return registry
        .at(context.transaction().store())
        .find(resource)
        .orElseThrow(() -> new IllegalArgumentException("no resource " + resource));
  }

  @Override
  public Optional<JsonObject> get(String resource, String namespace, String name) {
    return context
        .transaction()
        .store()
        .get(new ObjectKey(resource, namespace, name))
        .map(StoredObject::object);
  }

  @Override
  public List<JsonObject> list(String resource, String namespace) {
    return context
        .transaction()
        .store()
        .list(resource, namespace)
        .map(StoredObject::object)
        .toList();
  }

  @Override
  public List<JsonObject> podsOn(String node) {
    return context.transaction().store().podsOn(node);
  }

  @Override
  public List<JsonObject> podsPromised(String node) {
    return context.transaction().store().podsPromised(node);
  }

  @Override
  public List<JsonObject> controlled(String resource, String namespace, String uid) {
    return context.transaction().store().controlled(resource, namespace, uid);
  }

  @Override
  public ResourceTable resources() {
    return registry.at(context.transaction().store()).table();
  }

  @Override
  public List<JsonObject> listByPrefix(String resource, String namespace, String namePrefix) {
    return context
        .transaction()
        .store()
        .listByPrefix(resource, namespace, namePrefix)
        .map(StoredObject::object)
        .toList();
  }

  @Override
  public JsonObject create(String resource, JsonObject object) {
    ResourceStore store = store(resource);
    return store.create(context, ObjectMeta.namespace(object), typed(object, store), options);
  }

  private static JsonObject typed(JsonObject object, ResourceStore store) {
    return object
        .with("apiVersion", store.resource().groupVersion().toString())
        .with("kind", store.resource().kind());
  }

  @Override
  public JsonObject create(String resource, String name, String subresource, JsonObject object) {
    if (!resource.equals("pods") || !subresource.equals("binding")) {
      throw StatusException.of(
          StatusReason.METHOD_NOT_ALLOWED, "not a subresource: " + resource + "/" + subresource);
    }
    Subresources.bind(
        context,
        store(resource),
        ObjectMeta.namespace(object),
        name,
        object.string("target", "name"),
        options);
    return object;
  }

  @Override
  public JsonObject update(String resource, JsonObject object) {
    return update(resource, object, "");
  }

  @Override
  public JsonObject updateStatus(String resource, JsonObject object) {
    return update(resource, object, "status");
  }

  @Override
  public void scale(String resource, String namespace, String name, long replicas) {
    store(resource)
        .update(
            context,
            namespace,
            name,
            Scales.SUBRESOURCE,
            old -> old.withAt(Json.of(replicas), "spec", "replicas"),
            options);
  }

  @Override
  public List<JsonObject> podMetrics(String namespace) {
    return Metrics.ofPods(namespace, context.transaction(), runtime);
  }

  @Override
  public JsonObject finalizeNamespace(JsonObject namespace) {
    return update("namespaces", namespace, "finalize");
  }

  @Override
  public String createToken(
      String namespace,
      String serviceAccount,
      String audience,
      long expirationSeconds,
      Optional<JsonObject> pod) {
    JsonObject account = store("serviceaccounts").get(context, namespace, serviceAccount).object();
    Transaction transaction = context.transaction();
    return new ServiceAccountTokens(transaction.identity())
        .create(
            new ServiceAccountTokens.Request(
                account,
                audience.isEmpty() ? List.of() : List.of(audience),
                transaction.now(),
                transaction.now().plusSeconds(expirationSeconds),
                GeneratedNames.uid(transaction.random()),
                pod.map(object -> object.with("kind", "Pod"))));
  }

  private JsonObject update(String resource, JsonObject object, String subresource) {
    return store(resource)
        .update(
            context,
            ObjectMeta.namespace(object),
            ObjectMeta.name(object),
            subresource,
            _ -> object,
            options);
  }

  @Override
  public void delete(String resource, String namespace, String name, DeleteOptions delete) {
    ResourceStore store = store(resource);
    if (store.find(context, namespace, name).isPresent()) {
      store.delete(context, namespace, name, delete.toJson(), options);
    }
  }
}
