package dev.drydock.cluster.scheduler.framework;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What pods request of a node: the sum over containers, or the largest init container if that is
/// more, with sidecars counted in both, what the pod as a whole requests instead, and the overhead.
/// Models component-helpers/resource.PodRequests.
public final class PodRequests {
  /// What a container that requests none is taken to need when nodes are compared.
  private static final Map<String, Quantity> NON_ZERO =
      Map.of("cpu", Quantity.parse("100m"), "memory", Quantity.parse("200Mi"));

  private PodRequests() {}

  /// By resource name, in order.
  public static Map<String, Quantity> of(JsonObject pod) {
    return of(pod, Map.of());
  }

  /// The same, with a little CPU and memory for each container that requests none.
  public static Map<String, Quantity> nonZeroOf(JsonObject pod) {
    return of(pod, NON_ZERO);
  }

  private static Map<String, Quantity> of(JsonObject pod, Map<String, Quantity> otherwise) {
    Map<String, Quantity> total = new TreeMap<>();
    pod.array("spec", "containers").objects().forEach(c -> add(total, requests(c, otherwise)));
    Map<String, Quantity> sidecars = new TreeMap<>();
    Map<String, Quantity> largestInit = new TreeMap<>();
    for (JsonObject init : pod.array("spec", "initContainers").objects().toList()) {
      Map<String, Quantity> own = requests(init, otherwise);
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
    total.putAll(quantities(pod.object("spec", "resources", "requests")));
    add(total, quantities(pod.object("spec", "overhead")));
    return total;
  }

  static Map<String, Quantity> sum(List<JsonObject> pods) {
    Map<String, Quantity> total = new TreeMap<>();
    pods.forEach(pod -> add(total, of(pod)));
    return total;
  }

  static Map<String, Quantity> sumNonZero(List<JsonObject> pods) {
    Map<String, Quantity> total = new TreeMap<>();
    pods.forEach(pod -> add(total, nonZeroOf(pod)));
    return total;
  }

  private static Map<String, Quantity> requests(
      JsonObject container, Map<String, Quantity> otherwise) {
    Map<String, Quantity> requests = new TreeMap<>(otherwise);
    requests.putAll(quantities(container.object("resources", "requests")));
    return requests;
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
