package dev.drydock.cluster.quota;

import dev.drydock.cluster.apimachinery.json.JsonObject;

/// What a pod as a whole requests and may use: the sum over containers, or the largest init
/// container if that is more, with sidecars counted in both, and the overhead. What the pod itself
/// declares counts instead.
///
/// Models PodRequests and PodLimits of component-helpers/resource.
public final class PodResources {
  private PodResources() {}

  public static ResourceList requests(JsonObject pod) {
    return total(pod, "requests").plus(overhead(pod));
  }

  public static ResourceList limits(JsonObject pod) {
    ResourceList limits = total(pod, "limits");
    return limits.plus(overhead(pod).only(limits.names()));
  }

  private static ResourceList overhead(JsonObject pod) {
    return ResourceList.of(pod.object("spec", "overhead"));
  }

  private static ResourceList total(JsonObject pod, String kind) {
    ResourceList total = ResourceList.EMPTY;
    for (JsonObject container : pod.array("spec", "containers").objects().toList()) {
      total = total.plus(of(container, kind));
    }
    ResourceList sidecars = ResourceList.EMPTY;
    ResourceList largest = ResourceList.EMPTY;
    for (JsonObject init : pod.array("spec", "initContainers").objects().toList()) {
      ResourceList own = of(init, kind);
      if (init.string("restartPolicy").equals("Always")) {
        total = total.plus(own);
        sidecars = sidecars.plus(own);
        own = sidecars;
      } else {
        own = own.plus(sidecars);
      }
      largest = largest.max(own);
    }
    total = total.max(largest);
    ResourceList declared = of(pod.object("spec"), kind);
    for (String name : declared.names()) {
      total = total.with(name, declared.get(name));
    }
    return total;
  }

  /// @param kind `requests` or `limits`
  public static ResourceList of(JsonObject container, String kind) {
    return ResourceList.of(container.object("resources", kind));
  }
}
