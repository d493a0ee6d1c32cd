package dev.drydock.cluster.controller.serviceaccount;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.stream.Stream;

/// Keeps a service account `default` in every namespace. Models pkg/controller/serviceaccount.
public final class ServiceAccountController extends Controller {
  private static final String ACCOUNTS = "serviceaccounts";

  public ServiceAccountController() {
    super("service-account-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("namespaces") || resource.equals(ACCOUNTS);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals("namespaces")) {
      return Stream.of(ObjectMeta.name(event.object()));
    }
    boolean deleted =
        event.type() == WatchEvent.Type.DELETED
            && ObjectMeta.name(event.object()).equals("default");
    return deleted ? Stream.of(ObjectMeta.namespace(event.object())) : Stream.empty();
  }

  @Override
  protected Duration reconcile(String namespace, ComponentContext context) {
    boolean active =
        context
            .client()
            .get("namespaces", "", namespace)
            .filter(object -> !ObjectMeta.isBeingDeleted(object))
            .isPresent();
    if (active && context.client().get(ACCOUNTS, namespace, "default").isEmpty()) {
      JsonObject metadata =
          JsonObject.builder().put("name", "default").put("namespace", namespace).build();
      context.client().create(ACCOUNTS, JsonObject.of("metadata", metadata));
    }
    return Duration.ZERO;
  }
}
