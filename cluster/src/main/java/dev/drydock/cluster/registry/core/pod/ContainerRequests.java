package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.Map;
import java.util.TreeMap;

/// What the containers of a pod request together: all that run at once, or the largest init
/// container with the sidecars started before it, whichever is more.
///
/// Models AggregateContainerRequests in component-helpers/resource.
public final class ContainerRequests {
  private ContainerRequests() {}

  /// By the name of the resource, in order.
  public static Map<String, Quantity> total(JsonObject spec) {
    Map<String, Quantity> running = new TreeMap<>();
    spec.array("containers").objects().forEach(container -> add(running, container));
    Map<String, Quantity> sidecars = new TreeMap<>();
    Map<String, Quantity> initial = new TreeMap<>();
    for (JsonObject container : spec.array("initContainers").objects().toList()) {
      Map<String, Quantity> now = new TreeMap<>(sidecars);
      add(now, container);
      if (container.string("restartPolicy").equals("Always")) {
        add(running, container);
        add(sidecars, container);
      }
      now.forEach((name, amount) -> initial.merge(name, amount, ContainerRequests::larger));
    }
    initial.forEach((name, amount) -> running.merge(name, amount, ContainerRequests::larger));
    return running;
  }

  private static void add(Map<String, Quantity> total, JsonObject container) {
    JsonObject requests = container.object("resources", "requests");
    for (String name : requests.fields().keySet()) {
      total.merge(name, Quantities.at(requests, name), Quantity::plus);
    }
  }

  private static Quantity larger(Quantity one, Quantity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
