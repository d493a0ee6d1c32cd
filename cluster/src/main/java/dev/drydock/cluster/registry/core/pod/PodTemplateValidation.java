package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;

/// Checks the pod template in another kind. Models ValidatePodTemplateSpec in
/// pkg/apis/core/validation.
public final class PodTemplateValidation {
  private PodTemplateValidation() {}

  public static void validate(JsonObject template, FieldPath path, FieldErrors errors) {
    JsonObject spec = template.object("spec");
    ObjectMetaValidation.validateLabels(ObjectMeta.labels(template), path.child("labels"), errors);
    FieldPath annotations = path.child("annotations");
    ObjectMetaValidation.validateAnnotations(ObjectMeta.annotations(template), annotations, errors);
    PodAnnotationValidation.validate(ObjectMeta.annotations(template), spec, annotations, errors);
    PodSpecValidation.ofTemplate(spec, path.child("spec"), errors);
    if (!spec.array("ephemeralContainers").isEmpty()) {
      errors.forbidden(
          path.child("spec").child("ephemeralContainers"),
          "ephemeral containers not allowed in pod template");
    }
  }

  public static void validateAnnotations(JsonObject template, FieldPath path, FieldErrors errors) {
    ObjectMetaValidation.validateAnnotations(ObjectMeta.annotations(template), path, errors);
    PodAnnotationValidation.validate(
        ObjectMeta.annotations(template), template.object("spec"), path, errors);
  }
}
