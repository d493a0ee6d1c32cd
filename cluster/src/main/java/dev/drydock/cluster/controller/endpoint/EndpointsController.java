package dev.drydock.cluster.controller.endpoint;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps the Endpoints of each service with a selector: one subset with the addresses that are
/// ready and those that are not. It reads them from the service's slices, where upstream reads the
/// pods again; the outcome is the same.
///
/// Models pkg/controller/endpoint.
public final class EndpointsController extends Controller {
  private static final String SLICES = "endpointslices.discovery.k8s.io";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";

  public EndpointsController() {
    super("endpoint-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("services") || resource.equals(SLICES) || resource.equals("endpoints");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    JsonObject object = event.object();
    if (!event.resource().equals(SLICES)) {
      return Stream.of(key(object));
    }
    String service = ObjectMeta.labels(object).getOrDefault(SERVICE_NAME, "");
    return service.isEmpty()
        ? Stream.empty()
        : Stream.of(ObjectMeta.namespace(object) + "/" + service);
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> service = client.get("services", namespaceOf(key), nameOf(key));
    Optional<JsonObject> existing = client.get("endpoints", namespaceOf(key), nameOf(key));
    if (service.isEmpty()) {
      existing
          .filter(endpoints -> ObjectMeta.labels(endpoints).containsKey(MANAGED_BY))
          .ifPresent(
              _ ->
                  client.delete(
                      "endpoints", namespaceOf(key), nameOf(key), DeleteOptions.BACKGROUND));
      return Duration.ZERO;
    }
    if (service.get().object("spec", "selector").isEmpty()
        || service.get().string("spec", "type").equals("ExternalName")) {
      return Duration.ZERO;
    }
    write(client, wanted(service.get(), slices(client, key)), existing);
    return Duration.ZERO;
  }

  private static List<JsonObject> slices(Client client, String key) {
    return client.list(SLICES, namespaceOf(key)).stream()
        .filter(s -> ObjectMeta.labels(s).getOrDefault(SERVICE_NAME, "").equals(nameOf(key)))
        .toList();
  }

  private static void write(Client client, JsonObject wanted, Optional<JsonObject> existing) {
    if (existing.isEmpty()) {
      client.create("endpoints", wanted);
      return;
    }
    JsonObject before = existing.get();
    JsonObject after =
        before
            .withObject("metadata", m -> m.with("labels", wanted.object("metadata", "labels")))
            .with("subsets", wanted.array("subsets"));
    boolean same =
        before.array("subsets").equals(after.array("subsets"))
            && before.object("metadata", "labels").equals(after.object("metadata", "labels"));
    if (!same) {
      client.update("endpoints", after);
    }
  }

  private static JsonObject wanted(JsonObject service, List<JsonObject> slices) {
    JsonObject.Builder labels = service.object("metadata", "labels").toBuilder();
    labels.put(MANAGED_BY, "endpoint-controller");
    if (service.string("spec", "clusterIP").equals("None")) {
      labels.put("service.kubernetes.io/headless", "");
    }
    return JsonObject.of(
            "metadata",
            JsonObject.builder()
                .put("name", ObjectMeta.name(service))
                .put("namespace", ObjectMeta.namespace(service))
                .put("labels", labels.build())
                .build())
        .with("subsets", subsets(slices));
  }

  private static JsonArray subsets(List<JsonObject> slices) {
    List<JsonObject> subsets = new ArrayList<>();
    for (JsonObject slice : slices) {
      JsonArray ready = addresses(slice, true);
      JsonArray notReady = addresses(slice, false);
      if (!ready.isEmpty() || !notReady.isEmpty()) {
        subsets.add(
            JsonObject.builder()
                .putUnlessEmpty("addresses", ready)
                .putUnlessEmpty("notReadyAddresses", notReady)
                .putUnlessEmpty("ports", slice.array("ports"))
                .build());
      }
    }
    return JsonArray.copyOf(subsets);
  }

  /// Pods on their way out are in neither list.
  private static JsonArray addresses(JsonObject slice, boolean ready) {
    return JsonArray.copyOf(
        slice
            .array("endpoints")
            .objects()
            .filter(endpoint -> endpoint.bool("conditions", "ready") == ready)
            .filter(endpoint -> ready || !endpoint.bool("conditions", "terminating"))
            .flatMap(EndpointsController::addresses)
            .toList());
  }

  private static Stream<JsonObject> addresses(JsonObject endpoint) {
    return endpoint
        .array("addresses")
        .strings()
        .map(
            ip ->
                JsonObject.builder()
                    .put("ip", ip)
                    .putUnlessEmpty("hostname", endpoint.string("hostname"))
                    .putUnlessEmpty("nodeName", endpoint.string("nodeName"))
                    .putUnlessEmpty("targetRef", endpoint.object("targetRef"))
                    .build());
  }
}
