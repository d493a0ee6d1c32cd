package dev.drydock.cluster.controller.resourcequota;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.controller.Pods;
import dev.drydock.cluster.loop.ComponentContext;
import dev.drydock.cluster.quota.Quotas;
import dev.drydock.cluster.quota.ResourceList;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps the status of resource quotas: what they limit, and how much of it is used. Admission adds
/// what a request takes; the controller sees what goes away.
///
/// Models pkg/controller/resourcequota.
public final class ResourceQuotaController extends Controller {
  private static final String QUOTAS = "resourcequotas";

  public ResourceQuotaController() {
    super("resourcequota-controller");
  }

  @Override
  public boolean watches(String resource) {
    return Quotas.counts(resource);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    String namespace = ObjectMeta.namespace(event.object());
    return !namespace.isEmpty() && matters(event)
        ? context.client().list(QUOTAS, namespace).stream().map(Controller::key)
        : Stream.empty();
  }

  /// Whether a change can change what is used.
  private static boolean matters(WatchEvent event) {
    if (event.type() != WatchEvent.Type.MODIFIED) {
      return true;
    }
    return switch (event.resource()) {
      case "pods" -> Pods.hasEnded(event.object());
      case "services", "persistentvolumeclaims", QUOTAS -> true;
      default -> false;
    };
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    String namespace = namespaceOf(key);
    Optional<JsonObject> found = client.get(QUOTAS, namespace, nameOf(key));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject quota = found.get();
    ResourceList used =
        Quotas.used(quota, resource -> client.list(resource, namespace), context.now());
    JsonObject status =
        JsonObject.builder()
            .putUnlessEmpty("hard", quota.object("spec", "hard"))
            .putUnlessEmpty("used", used.toJson())
            .build();
    if (!status.equals(quota.object("status"))) {
      client.updateStatus(QUOTAS, quota.with("status", status));
    }
    return Duration.ZERO;
  }
}
