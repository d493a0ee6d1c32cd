package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.UnifiedDiff;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rules of the subresource `pods/ephemeralcontainers`: containers to debug with may be added,
/// and nothing else changes.
///
/// Models podEphemeralContainersStrategy in pkg/registry/core/pod and
/// ValidatePodEphemeralContainersUpdate.
final class PodEphemeralContainersStrategy extends PodStrategy {
  private static final FieldPath PATH = PodValidation.SPEC.child("ephemeralContainers");

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject spec =
        Strategy.withFieldOf(old.object("spec"), object.object("spec"), "ephemeralContainers");
    return Strategy.withNextGeneration(old.with("spec", spec), old);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    PodValidation.validateMetadataAndSpec(object, errors);
    if (ObjectMeta.annotations(object).containsKey("kubernetes.io/config.mirror")) {
      errors.forbidden(new FieldPath(""), "static pods do not support ephemeral containers");
    }
    Map<String, JsonObject> now =
        object
            .array("spec", "ephemeralContainers")
            .objects()
            .collect(
                Collectors.toMap(
                    one -> one.string("name"), Function.identity(), (first, _) -> first));
    for (JsonObject before : old.array("spec", "ephemeralContainers").objects().toList()) {
      String name = FieldErrors.quote(before.string("name"));
      JsonObject container = now.get(before.string("name"));
      if (container == null) {
        errors.forbidden(PATH, "existing ephemeral containers " + name + " may not be removed\n");
      } else if (!container.equals(before)) {
        errors.forbidden(
            PATH,
            "existing ephemeral containers %s may not be changed\n%s"
                .formatted(
                    name,
                    UnifiedDiff.of(
                        InternalTypes.of("EphemeralContainer", before),
                        InternalTypes.of("EphemeralContainer", container))));
      }
    }
  }
}
