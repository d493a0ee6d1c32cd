package dev.drydock.cluster.scheduler.plugins;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What pods request of a node: the sum over containers, or the largest init container if that is
/// more, with sidecars counted in both, and the overhead. Models
/// component-helpers/resource.PodRequests.
public final class PodRequests {
  private PodRequests() {}

  /// By resource name, in order.
  public static Map<String, Quantity> of(JsonObject pod) {
    Map<String, Quantity> total = new TreeMap<>();
    pod.array("spec", "containers").objects().forEach(c -> add(total, requests(c)));
    Map<String, Quantity> sidecars = new TreeMap<>();
    Map<String, Quantity> largestInit = new TreeMap<>();
    for (JsonObject init : pod.array("spec", "initContainers").objects().toList()) {
      Map<String, Quantity> own = requests(init);
      if (init.string("restartPolicy").equals("Always")) {
        add(total, own);
        add(sidecars, own);
        max(largestInit, sidecars);
      } else {
        Map<String, Quantity> withSidecars = new TreeMap<>(own);
        add(withSidecars, sidecars);
        max(largestInit, withSidecars);
      }
    }
    max(total, largestInit);
    add(total, quantities(pod.object("spec", "overhead")));
    return total;
  }

  public static Map<String, Quantity> sum(List<JsonObject> pods) {
    Map<String, Quantity> total = new TreeMap<>();
    pods.forEach(pod -> add(total, of(pod)));
    return total;
  }

  private static Map<String, Quantity> requests(JsonObject container) {
    return quantities(container.object("resources", "requests"));
  }

  private static Map<String, Quantity> quantities(JsonObject list) {
    Map<String, Quantity> quantities = new TreeMap<>();
    list.fields().keySet().forEach(name -> quantities.put(name, Quantity.parse(list.string(name))));
    return quantities;
  }

  private static void add(Map<String, Quantity> total, Map<String, Quantity> more) {
    more.forEach((name, quantity) -> total.merge(name, quantity, Quantity::plus));
  }

  private static void max(Map<String, Quantity> total, Map<String, Quantity> other) {
    other.forEach(
        (name, quantity) -> total.merge(name, quantity, (a, b) -> a.compareTo(b) >= 0 ? a : b));
  }
}
