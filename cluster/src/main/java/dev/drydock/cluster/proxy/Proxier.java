package dev.drydock.cluster.proxy;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.watch.WatchEvent;
import dev.drydock.cluster.controller.Controller;
import dev.drydock.cluster.cri.NetworkService;
import dev.drydock.cluster.cri.NetworkService.Backend;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What kube-proxy and CoreDNS do for services: a virtual address that leads to the ready
/// endpoints, and a name. A headless service's name leads to its pods.
///
/// Models pkg/proxy and CoreDNS's kubernetes plugin.
public final class Proxier extends Controller {
  private static final String SLICES = "endpointslices.discovery.k8s.io";

  public Proxier() {
    super("kube-proxy");
  }

  @Override
  public boolean watches(String resource) {
    return resource.equals("services") || resource.equals(SLICES);
  }

  @Override
  protected Stream<String> keys(WatchEvent event, ComponentContext context) {
    boolean gone = event.type() == WatchEvent.Type.DELETED;
    if (event.resource().equals("services")) {
      if (gone) {
        forget(event.object(), context.runtime().network());
      }
      return gone ? Stream.empty() : Stream.of(key(event.object()));
    }
    String service =
        ObjectMeta.labels(event.object()).getOrDefault("kubernetes.io/service-name", "");
    return Stream.of(ObjectMeta.namespace(event.object()) + "/" + service);
  }

  private static void forget(JsonObject service, NetworkService network) {
    network.removeName(name(service));
    network.removeNamesBelow(name(service));
    service
        .array("spec", "ports")
        .objects()
        .forEach(
            port ->
                network.removeService(
                    service.string("spec", "clusterIP"), (int) port.integer(0, "port")));
  }

  private static String name(JsonObject service) {
    return ObjectMeta.name(service) + "." + ObjectMeta.namespace(service) + ".svc.cluster.local";
  }

  @Override
  protected Duration reconcile(String key, ComponentContext context) {
    Optional<JsonObject> found = context.client().get("services", namespaceOf(key), nameOf(key));
    if (found.isEmpty()) {
      return Duration.ZERO;
    }
    JsonObject service = found.get();
    NetworkService network = context.runtime().network();
    List<JsonObject> slices =
        context.client().list(SLICES, namespaceOf(key)).stream()
            .filter(
                slice ->
                    ObjectMeta.labels(slice)
                        .getOrDefault("kubernetes.io/service-name", "")
                        .equals(nameOf(key)))
            .toList();
    String clusterIp = service.string("spec", "clusterIP");
    if (service.string("spec", "type").equals("ExternalName")) {
      network.setName(name(service), external(service.string("spec", "externalName"), context));
    } else if (clusterIp.equals("None")) {
      headless(service, slices, network);
    } else if (!clusterIp.isEmpty()) {
      network.setName(name(service), List.of(clusterIp));
      service
          .array("spec", "ports")
          .objects()
          .forEach(
              port -> {
                List<Backend> backends = backends(port, slices);
                network.setService(clusterIp, (int) port.integer(0, "port"), backends);
                nodePort((int) port.integer(0, "nodePort"), backends, context);
              });
    }
    return Duration.ZERO;
  }

  /// Every node answers on the port.
  private static void nodePort(int port, List<Backend> backends, ComponentContext context) {
    if (port == 0) {
      return;
    }
    for (JsonObject node : context.client().list("nodes", "")) {
      node.array("status", "addresses")
          .objects()
          .filter(address -> address.string("type").equals("InternalIP"))
          .forEach(
              address ->
                  context
                      .runtime()
                      .network()
                      .setService(address.string("address"), port, backends));
    }
  }

  /// The name leads to every ready endpoint, and endpoints with a host name have names of their
  /// own.
  private static void headless(
      JsonObject service, List<JsonObject> slices, NetworkService network) {
    network.setName(name(service), readyAddresses(slices).toList());
    network.removeNamesBelow(name(service));
    slices.stream()
        .flatMap(slice -> slice.array("endpoints").objects())
        .filter(endpoint -> !endpoint.string("hostname").isEmpty())
        .filter(endpoint -> endpoint.bool("conditions", "ready"))
        .forEach(
            endpoint ->
                network.setName(
                    endpoint.string("hostname") + "." + name(service),
                    endpoint.array("addresses").strings().toList()));
  }

  /// Where another name leads, if that is a service's of this cluster: nothing else is known here.
  private static List<String> external(String name, ComponentContext context) {
    String[] parts = name.split("\\.", 4);
    if (parts.length < 3 || !parts[2].equals("svc")) {
      return List.of();
    }
    return context
        .client()
        .get("services", parts[1], parts[0])
        .map(service -> service.string("spec", "clusterIP"))
        .filter(ip -> !ip.isEmpty() && !ip.equals("None"))
        .map(List::of)
        .orElse(List.of());
  }

  private static Stream<String> readyAddresses(List<JsonObject> slices) {
    return slices.stream()
        .flatMap(slice -> slice.array("endpoints").objects())
        .filter(endpoint -> endpoint.bool("conditions", "ready"))
        .flatMap(endpoint -> endpoint.array("addresses").strings());
  }

  private static List<Backend> backends(JsonObject port, List<JsonObject> slices) {
    return slices.stream()
        .flatMap(
            slice ->
                slice
                    .array("ports")
                    .objects()
                    .filter(p -> p.string("name").equals(port.string("name")))
                    .flatMap(
                        p ->
                            readyAddresses(List.of(slice))
                                .map(ip -> new Backend(ip, (int) p.integer(0, "port")))))
        .toList();
  }
}
