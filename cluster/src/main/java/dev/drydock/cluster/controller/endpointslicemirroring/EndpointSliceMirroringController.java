package dev.drydock.cluster.controller.endpointslicemirroring;

import dev.drydock.cluster.apimachinery.json.Json;
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

/// Mirrors the Endpoints of services without a selector into EndpointSlices, one for each subset.
/// Models pkg/controller/endpointslicemirroring.
public final class EndpointSliceMirroringController extends Controller {
  private static final String SLICES = "endpointslices.discovery.k8s.io";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  private static final String OURSELVES = "endpointslicemirroring-controller.k8s.io";
  private static final String SKIP = "endpointslice.kubernetes.io/skip-mirror";
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  public EndpointSliceMirroringController() {
    super("endpointslicemirroring-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("endpoints") || resource.equals("services");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    return Stream.of(key(event.object()));
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> endpoints =
        client
            .get("endpoints", namespaceOf(key), nameOf(key))
            .filter(object -> isMirrored(object, client));
    List<JsonObject> wanted = endpoints.map(EndpointSliceMirroringController::of).orElse(List.of());
    List<JsonObject> existing = existing(client, key);
    for (int i = 0; i < wanted.size(); i++) {
      if (i >= existing.size()) {
        client.create(SLICES, wanted.get(i));
      } else {
        update(client, existing.get(i), wanted.get(i));
      }
    }
    existing.stream()
        .skip(wanted.size())
        .forEach(
            slice ->
                client.delete(
                    SLICES, namespaceOf(key), ObjectMeta.name(slice), DeleteOptions.BACKGROUND));
    return Duration.ZERO;
  }

  private static boolean isMirrored(JsonObject endpoints, Client client) {
    return !ObjectMeta.labels(endpoints).getOrDefault(SKIP, "").equals("true")
        && client
            .get("services", ObjectMeta.namespace(endpoints), ObjectMeta.name(endpoints))
            .filter(service -> service.object("spec", "selector").isEmpty())
            .isPresent();
  }

  private static List<JsonObject> existing(Client client, String key) {
    return client.list(SLICES, namespaceOf(key)).stream()
        .filter(s -> ObjectMeta.labels(s).getOrDefault(SERVICE_NAME, "").equals(nameOf(key)))
        .filter(s -> ObjectMeta.labels(s).getOrDefault(MANAGED_BY, "").equals(OURSELVES))
        .toList();
  }

  private static void update(Client client, JsonObject existing, JsonObject wanted) {
    boolean same =
        existing.array("endpoints").equals(wanted.array("endpoints"))
            && existing.array("ports").equals(wanted.array("ports"));
    if (!same) {
      client.update(
          SLICES,
          existing
              .with("endpoints", wanted.array("endpoints"))
              .with("ports", wanted.array("ports")));
    }
  }

  private static List<JsonObject> of(JsonObject endpoints) {
    List<JsonObject> slices = new ArrayList<>();
    for (JsonObject subset : endpoints.array("subsets").objects().toList()) {
      JsonObject.Builder slice = JsonObject.builder();
      slice.put("metadata", metadata(endpoints));
      slice.put("addressType", "IPv4");
      slice.put("endpoints", endpointsOf(subset));
      slice.put("ports", ports(subset));
      slices.add(slice.build());
    }
    return slices;
  }

  private static JsonObject metadata(JsonObject endpoints) {
    JsonObject owner =
        JsonObject.builder()
            .put("apiVersion", "v1")
            .put("kind", "Endpoints")
            .put("name", ObjectMeta.name(endpoints))
            .put("uid", ObjectMeta.uid(endpoints))
            .put("controller", true)
            .put("blockOwnerDeletion", true)
            .build();
    JsonObject.Builder labels = endpoints.object("metadata", "labels").toBuilder();
    labels.put(SERVICE_NAME, ObjectMeta.name(endpoints)).put(MANAGED_BY, OURSELVES);
    return JsonObject.builder()
        .put("generateName", ObjectMeta.name(endpoints) + "-")
        .put("namespace", ObjectMeta.namespace(endpoints))
        .put("labels", labels.build())
        .putUnlessEmpty(
            "annotations", endpoints.object("metadata", "annotations").without(LAST_APPLIED))
        .put("ownerReferences", JsonArray.of(owner))
        .build();
  }

  private static JsonArray endpointsOf(JsonObject subset) {
    return JsonArray.copyOf(
        Stream.concat(
                subset.array("addresses").objects().map(a -> endpoint(a, true)),
                subset.array("notReadyAddresses").objects().map(a -> endpoint(a, false)))
            .toList());
  }

  private static JsonObject endpoint(JsonObject address, boolean ready) {
    return JsonObject.builder()
        .put("addresses", JsonArray.of(Json.of(address.string("ip"))))
        .put("conditions", JsonObject.of("ready", Json.of(ready)))
        .putUnlessEmpty("hostname", address.string("hostname"))
        .putUnlessEmpty("nodeName", address.string("nodeName"))
        .putUnlessEmpty("targetRef", address.object("targetRef"))
        .build();
  }

  private static JsonArray ports(JsonObject subset) {
    return JsonArray.copyOf(
        subset
            .array("ports")
            .objects()
            .map(
                port ->
                    JsonObject.builder()
                        .put("name", port.string("name"))
                        .put("port", port.integer(0, "port"))
                        .put("protocol", port.string("protocol"))
                        .build())
            .toList());
  }
}
