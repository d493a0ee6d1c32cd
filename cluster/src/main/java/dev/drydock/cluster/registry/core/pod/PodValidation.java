package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;

/// Checks new and changed pods. Models ValidatePodCreate and validatePodMetadataAndSpec in
/// pkg/apis/core/validation.
final class PodValidation {
  static final FieldPath SPEC = FieldPath.of("spec");

  private PodValidation() {}

  static void validateCreate(JsonObject pod, FieldErrors errors) {
    validateMetadataAndSpec(pod, errors);
    JsonObject spec = pod.object("spec");
    if (!spec.array("ephemeralContainers").isEmpty()) {
      errors.forbidden(SPEC.child("ephemeralContainers"), "cannot be set on create");
    }
    if (!spec.string("nodeName").isEmpty() && !spec.array("schedulingGates").isEmpty()) {
      errors.forbidden(
          SPEC.child("nodeName"), "cannot be set until all schedulingGates have been cleared");
    }
  }

  static void validateMetadataAndSpec(JsonObject pod, FieldErrors errors) {
    JsonObject spec = pod.object("spec");
    PodAnnotationValidation.validate(
        ObjectMeta.annotations(pod), spec, FieldPath.of("metadata").child("annotations"), errors);
    PodSpecValidation.ofPod(pod, SPEC, errors);
    validateTokens(spec, errors);
    for (String kind : new String[] {"containers", "initContainers"}) {
      Elements.each(
          spec.array(kind),
          SPEC.child(kind),
          (container, path) -> validateImageIsTrimmed(container, path, errors));
    }
  }

  private static void validateTokens(JsonObject spec, FieldErrors errors) {
    if (!spec.string("serviceAccountName").isEmpty()) {
      return;
    }
    Elements.each(
        spec.array("volumes"),
        SPEC.child("volumes"),
        (volume, volumePath) ->
            Elements.each(
                volume.array("projected", "sources"),
                volumePath.child("projected").child("sources"),
                (source, path) -> {
                  if (source.has("serviceAccountToken")) {
                    errors.forbidden(
                        path.child("serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set");
                  }
                }));
  }

  static void validateImageIsTrimmed(JsonObject container, FieldPath path, FieldErrors errors) {
    String image = container.string("image");
    if (!image.equals(image.strip())) {
      errors.invalid(path.child("image"), image, "must not have leading or trailing whitespace");
    }
  }
}
