package dev.drydock.cluster.admission.plugin;

import dev.drydock.cluster.admission.AdmissionPlugin;
import dev.drydock.cluster.admission.AdmissionRequest;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.quota.ResourceList;
import java.util.Map;

/// Gives a pod the overhead and the places that its runtime class demands. Models
/// plugin/pkg/admission/runtimeclass.
public final class RuntimeClass implements AdmissionPlugin {

  @Override
  public boolean handles(String groupResource) {
    return groupResource.equals("pods");
  }

  @Override
  public JsonObject admit(JsonObject pod, AdmissionRequest request) {
    String name = pod.string("spec", "runtimeClassName");
    if (!request.creates() || name.isEmpty()) {
      return pod;
    }
    JsonObject runtimeClass =
        request
            .find("runtimeclasses.node.k8s.io", "", name)
            .orElseThrow(
                () ->
                    request.forbidden(
                        pod, "pod rejected: RuntimeClass \"%s\" not found".formatted(name)));
    JsonObject placed = withPlaces(pod, runtimeClass.object("scheduling"), request);
    JsonObject overhead = runtimeClass.object("overhead", "podFixed");
    if (overhead.isEmpty()) {
      return placed;
    }
    JsonObject given = pod.object("spec", "overhead");
    if (!given.isEmpty() && !ResourceList.of(given).equals(ResourceList.of(overhead))) {
      throw request.forbidden(
          pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    }
    return placed.withAt(overhead, "spec", "overhead");
  }

  private static JsonObject withPlaces(
      JsonObject pod, JsonObject scheduling, AdmissionRequest request) {
    JsonObject.Builder selector = pod.object("spec", "nodeSelector").toBuilder();
    for (Map.Entry<String, String> label : scheduling.strings("nodeSelector").entrySet()) {
      String own = pod.string("spec", "nodeSelector", label.getKey());
      if (!own.isEmpty() && !own.equals(label.getValue())) {
        throw request.forbidden(
            pod,
            ("conflict: runtimeClass.scheduling.nodeSelector[%s] = %s;"
                    + " pod.spec.nodeSelector[%s] = %s")
                .formatted(label.getKey(), label.getValue(), label.getKey(), own));
      }
      selector.put(label.getKey(), label.getValue());
    }
    JsonArray tolerations = pod.array("spec", "tolerations");
    for (Json toleration : scheduling.array("tolerations")) {
      tolerations =
          tolerations.items().contains(toleration) ? tolerations : tolerations.plus(toleration);
    }
    JsonObject spec =
        pod.object("spec").toBuilder()
            .putUnlessEmpty("nodeSelector", selector.build())
            .putUnlessEmpty("tolerations", tolerations)
            .build();
    return pod.with("spec", spec);
  }

  @Override
  public void validate(JsonObject pod, AdmissionRequest request) {
    boolean unexplained =
        request.creates()
            && !pod.object("spec", "overhead").isEmpty()
            && request
                .find("runtimeclasses.node.k8s.io", "", pod.string("spec", "runtimeClassName"))
                .filter(found -> !found.object("overhead", "podFixed").isEmpty())
                .isEmpty();
    if (unexplained) {
      throw request.forbidden(
          pod,
          "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }
  }
}
