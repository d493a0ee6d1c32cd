package dev.drydock.cluster.registry.workload;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.labels.Selector;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.pod.PodTemplateValidation;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checks pod templates against what their owners need: labels that the owner selects, and pods
/// that run for ever.
///
/// Models ValidatePodTemplateSpecForReplicaSet in pkg/apis/apps/validation.
public final class Templates {
  private static final ImmutableMap<String, String> INTERNAL_TYPES =
      ImmutableMap.of(
          "template", "PodTemplateSpec",
          "selector", "LabelSelector",
          "podFailurePolicy", "PodFailurePolicy",
          "successPolicy", "SuccessPolicy");

  private Templates() {}

  /// @param spec the owner's spec, with `selector` and `template`
  /// @param kind what the owner is called in an error
  public static void validate(JsonObject spec, FieldPath path, String kind, FieldErrors errors) {
    FieldPath at = path.child("template");
    JsonObject template = spec.object("template");
    validateLabels(spec, at, errors);
    PodTemplateValidation.validate(template, at, errors);
    validateRunsForever(template, at, kind, errors);
  }

  /// The selector, where there is one that selects anything, selects the template.
  public static void validateLabels(JsonObject spec, FieldPath template, FieldErrors errors) {
    JsonObject labels =
        JsonObject.ofStrings(new TreeMap<>(ObjectMeta.labels(spec.object("template"))));
    boolean matches =
        spec.has("selector")
            && Selector.ofLabelSelector(spec.object("selector"))
                .matches(ObjectMeta.labels(spec.object("template")));
    if (!matches) {
      errors.invalid(
          template.child("metadata").child("labels"),
          labels.isEmpty() ? JsonNull.NULL : labels,
          "`selector` does not match template `labels`");
    }
  }

  public static void validateRunsForever(
      JsonObject template, FieldPath path, String kind, FieldErrors errors) {
    String policy = template.string("spec", "restartPolicy");
    if (!policy.equals("Always")) {
      errors.notSupported(
          path.child("spec").child("restartPolicy"), policy, ImmutableList.of("Always"));
    }
    if (template.at("spec", "activeDeadlineSeconds") != null) {
      errors.forbidden(
          path.child("spec").child("activeDeadlineSeconds"),
          "activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }

  /// Refuses a change of something that must stay as it was made.
  public static void immutable(
      JsonObject spec, JsonObject old, String field, FieldPath path, FieldErrors errors) {
    Json now = spec.get(field);
    if (!Objects.equals(now, old.get(field))) {
      errors.invalid(path.child(field), shown(field, now), "field is immutable");
    }
  }

  private static Json shown(String field, @Nullable Json value) {
    String type = INTERNAL_TYPES.get(field);
    return switch (value) {
      case null -> JsonNull.NULL;
      case JsonObject object when type != null -> InternalTypes.of(type, object);
      default -> value;
    };
  }
}
