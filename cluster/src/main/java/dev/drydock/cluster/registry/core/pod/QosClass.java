package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.List;
import java.util.stream.Stream;

/// The quality of service a pod gets, from the requests and limits of its containers.
///
/// Models pkg/apis/core/helper/qos.ComputePodQOS.
public final class QosClass {
  private static final List<String> RESOURCES = List.of("cpu", "memory");

  private QosClass() {}

  /// `Guaranteed`, `Burstable` or `BestEffort`.
  public static String of(JsonObject pod) {
    List<JsonObject> all =
        pod.has("spec") && pod.object("spec", "resources").isEmpty()
            ? containers(pod)
            : List.of(pod.object("spec"));
    List<JsonObject> resources = all.stream().map(one -> one.object("resources")).toList();
    if (resources.stream().noneMatch(QosClass::asksForAnything)) {
      return "BestEffort";
    }
    return resources.stream().allMatch(QosClass::isGuaranteed) ? "Guaranteed" : "Burstable";
  }

  private static List<JsonObject> containers(JsonObject pod) {
    return Stream.concat(
            pod.array("spec", "initContainers").objects(),
            pod.array("spec", "containers").objects())
        .toList();
  }

  private static boolean asksForAnything(JsonObject resources) {
    return RESOURCES.stream()
        .anyMatch(name -> isSome(resources, "requests", name) || isSome(resources, "limits", name));
  }

  private static boolean isSome(JsonObject resources, String kind, String name) {
    return Quantities.at(resources, kind, name).sign() > 0;
  }

  private static boolean isGuaranteed(JsonObject resources) {
    return RESOURCES.stream()
        .allMatch(
            name ->
                isSome(resources, "limits", name)
                    && Quantities.at(resources, "limits", name)
                            .compareTo(Quantities.at(resources, "requests", name))
                        == 0);
  }
}
