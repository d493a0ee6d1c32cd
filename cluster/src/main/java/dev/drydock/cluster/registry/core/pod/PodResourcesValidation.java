package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.Map;

/// Checks the requests and limits a pod has as a whole against those of its containers.
///
/// Models validatePodResources in pkg/apis/core/validation.
final class PodResourcesValidation {
  private PodResourcesValidation() {}

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    if (!spec.has("resources")) {
      return;
    }
    JsonObject resources = spec.object("resources");
    if (resources.has("claims")) {
      errors.forbidden(path.child("claims"), "claims cannot be set for Resources at pod-level");
    }
    ResourcesValidation.ofPod(errors).validate(resources, path);
    for (Map.Entry<String, Quantity> entry : ContainerRequests.total(spec).entrySet()) {
      Quantity pods = Quantities.at(resources, "requests", entry.getKey());
      if (entry.getValue().compareTo(pods) > 0) {
        errors.invalid(
            path.child("requests").key(entry.getKey()),
            pods.toString(),
            "must be greater than or equal to aggregate container requests of " + entry.getValue());
      }
    }
    Elements.each(
        spec.array("containers"),
        path.child("containers"),
        (container, at) -> validateLimits(container, resources.object("limits"), at, errors));
  }

  private static void validateLimits(
      JsonObject container, JsonObject limits, FieldPath path, FieldErrors errors) {
    JsonObject own = container.object("resources", "limits");
    for (String name : own.fields().keySet()) {
      Quantity limit = Quantities.at(own, name);
      if (limits.has(name) && limit.compareTo(Quantities.at(limits, name)) > 0) {
        errors.invalid(
            path.key(name).child("limits"),
            limit.toString(),
            "must be less than or equal to pod limits of " + Quantities.at(limits, name));
      }
    }
  }
}
