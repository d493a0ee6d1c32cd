package dev.drydock.cluster.controller.endpointslice;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.client.Client;
import dev.drydock.cluster.client.DeleteOptions;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps one EndpointSlice for each service with a selector: the addresses of its pods, and whether
/// they are ready. Models pkg/controller/endpointslice; one slice holds all endpoints here, where
/// upstream splits them at 100.
public final class EndpointSliceController extends Controller {
  private static final String SLICES = "endpointslices.discovery.k8s.io";
  private static final String SERVICE_NAME = "kubernetes.io/service-name";
  private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

  private static final String OURSELVES = "endpointslice-controller.k8s.io";

  public EndpointSliceController() {
    super("endpointslice-controller");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("services") || resource.equals("pods");
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    if (event.resource().equals("services")) {
      return Stream.of(key(event.object()));
    }
    return context.client().list("services", ObjectMeta.namespace(event.object())).stream()
        .filter(service -> selects(service, event.object()) || selects(service, event.previous()))
        .map(Controller::key);
  }

  private static boolean selects(JsonObject service, JsonObject pod) {
    var selector = service.strings("spec", "selector");
    return !selector.isEmpty() && Selector.ofLabels(selector).matches(ObjectMeta.labels(pod));
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Client client = context.client();
    Optional<JsonObject> service = client.get("services", namespaceOf(key), nameOf(key));
    Optional<JsonObject> existing = slice(client, namespaceOf(key), nameOf(key));
    boolean wanted =
        service
            .filter(s -> !s.strings("spec", "selector").isEmpty())
            .filter(s -> !s.string("spec", "type").equals("ExternalName"))
            .isPresent();
    if (!wanted) {
      existing.ifPresent(
          slice ->
              client.delete(
                  SLICES, namespaceOf(key), ObjectMeta.name(slice), DeleteOptions.BACKGROUND));
      return Duration.ZERO;
    }
    List<JsonObject> pods =
        client.list("pods", namespaceOf(key)).stream()
            .filter(pod -> selects(service.get(), pod))
            .filter(pod -> !pod.string("status", "podIP").isEmpty())
            .filter(pod -> !hasEnded(pod))
            .toList();
    write(client, service.get(), pods, existing);
    return Duration.ZERO;
  }

  private static boolean hasEnded(JsonObject pod) {
    String phase = pod.string("status", "phase");
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static Optional<JsonObject> slice(Client client, String namespace, String service) {
    return client.list(SLICES, namespace).stream()
        .filter(slice -> ObjectMeta.labels(slice).getOrDefault(SERVICE_NAME, "").equals(service))
        .filter(slice -> ObjectMeta.labels(slice).getOrDefault(MANAGED_BY, "").equals(OURSELVES))
        .findFirst();
  }

  private static void write(
      Client client, JsonObject service, List<JsonObject> pods, Optional<JsonObject> existing) {
    JsonArray endpoints =
        JsonArray.copyOf(pods.stream().map(pod -> endpoint(pod, service)).toList());
    JsonArray ports = ports(service, pods);
    if (existing.isEmpty()) {
      client.create(SLICES, newSlice(service).with("endpoints", endpoints).with("ports", ports));
    } else {
      client.update(SLICES, existing.get().with("endpoints", endpoints).with("ports", ports));
    }
  }

  private static JsonObject newSlice(JsonObject service) {
    JsonObject owner =
        JsonObject.builder()
            .put("apiVersion", "v1")
            .put("kind", "Service")
            .put("name", ObjectMeta.name(service))
            .put("uid", ObjectMeta.uid(service))
            .put("controller", true)
            .put("blockOwnerDeletion", true)
            .build();
    JsonObject.Builder labels = JsonObject.builder();
    ObjectMeta.labels(service).forEach(labels::put);
    labels.put(MANAGED_BY, OURSELVES);
    if (service.string("spec", "clusterIP").equals("None")) {
      labels.put("service.kubernetes.io/headless", "");
    }
    labels.put(SERVICE_NAME, ObjectMeta.name(service));
    return JsonObject.builder()
        .put(
            "metadata",
            JsonObject.builder()
                .put("generateName", ObjectMeta.name(service) + "-")
                .put("namespace", ObjectMeta.namespace(service))
                .put("labels", labels.build())
                .put("ownerReferences", JsonArray.of(owner))
                .build())
        .put("addressType", "IPv4")
        .build();
  }

  private static JsonObject endpoint(JsonObject pod, JsonObject service) {
    boolean ready =
        pod.array("status", "conditions")
            .objects()
            .anyMatch(c -> c.string("type").equals("Ready") && c.string("status").equals("True"));
    boolean terminating = ObjectMeta.isBeingDeleted(pod);
    JsonObject target =
        JsonObject.builder()
            .put("kind", "Pod")
            .put("namespace", ObjectMeta.namespace(pod))
            .put("name", ObjectMeta.name(pod))
            .put("uid", ObjectMeta.uid(pod))
            .build();
    boolean named =
        !pod.string("spec", "hostname").isEmpty()
            && pod.string("spec", "subdomain").equals(ObjectMeta.name(service))
            && ObjectMeta.namespace(pod).equals(ObjectMeta.namespace(service));
    boolean published = service.bool("spec", "publishNotReadyAddresses");
    return JsonObject.builder()
        .put("addresses", JsonArray.of(Json.of(pod.string("status", "podIP"))))
        .put(
            "conditions",
            JsonObject.builder()
                .put("ready", published || ready && !terminating)
                .put("serving", ready)
                .put("terminating", terminating)
                .build())
        .putUnlessEmpty("hostname", named ? pod.string("spec", "hostname") : "")
        .put("targetRef", target)
        .put("nodeName", pod.string("spec", "nodeName"))
        .build();
  }

  private static JsonArray ports(JsonObject service, List<JsonObject> pods) {
    return JsonArray.copyOf(
        service
            .array("spec", "ports")
            .objects()
            .map(
                port ->
                    JsonObject.builder()
                        .put("name", port.string("name"))
                        .put("port", target(port, pods))
                        .put("protocol", port.string("protocol"))
                        .build())
            .filter(port -> port.integer(0, "port") > 0)
            .toList());
  }

  /// The number of the port in the pods; a named one is looked up in the first pod that has it.
  private static long target(JsonObject port, List<JsonObject> pods) {
    Json target = port.get("targetPort");
    if (target instanceof JsonNumber number) {
      return number.longValue();
    }
    String name = port.string("targetPort");
    return pods.stream()
        .flatMap(pod -> pod.array("spec", "containers").objects())
        .flatMap(container -> container.array("ports").objects())
        .filter(candidate -> candidate.string("name").equals(name))
        .map(candidate -> candidate.integer(0, "containerPort"))
        .findFirst()
        .orElse(0L);
  }
}
