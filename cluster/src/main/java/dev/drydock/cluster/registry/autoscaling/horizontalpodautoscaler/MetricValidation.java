package dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.List;

/// Checks one metric of an autoscaler. Models validateMetricSpec in
/// pkg/apis/autoscaling/validation.
final class MetricValidation {
  private static final ImmutableList<String> TYPES =
      ImmutableList.of("ContainerResource", "External", "Object", "Pods", "Resource");
  private static final ImmutableList<String> SOURCES =
      ImmutableList.of("object", "external", "pods", "resource", "containerResource");
  private static final ImmutableList<String> TARGETS =
      ImmutableList.of("AverageValue", "Utilization", "Value");

  private MetricValidation() {}

  static void validate(JsonObject metric, FieldPath path, FieldErrors errors) {
    String type = metric.string("type");
    if (type.isEmpty()) {
      errors.required(path.child("type"), "must specify a metric source type");
    }
    if (!TYPES.contains(type)) {
      errors.notSupported(path.child("type"), type, TYPES);
    }
    List<String> present = SOURCES.stream().filter(metric::has).toList();
    if (!present.isEmpty()) {
      String first = present.getFirst();
      validateSource(first, metric.object(first), path.child(first), errors);
    }
    String expected = TYPES.contains(type) ? field(type) : "";
    if (!expected.isEmpty() && !metric.has(expected)) {
      errors.required(
          path.child(expected), "must populate information for the given metric source");
    }
    if (present.size() != 1) {
      present.stream()
          .filter(source -> !source.equals(expected))
          .forEach(
              source ->
                  errors.forbidden(
                      path.child(source), "must populate the given metric source only"));
    }
  }

  private static String field(String type) {
    return Character.toLowerCase(type.charAt(0)) + type.substring(1);
  }

  private static void validateSource(
      String kind, JsonObject source, FieldPath path, FieldErrors errors) {
    JsonObject target = source.object("target");
    FieldPath targetPath = path.child("target");
    switch (kind) {
      case "resource", "containerResource" -> {
        if (source.string("name").isEmpty()) {
          errors.required(path.child("name"), "must specify a resource name");
        }
        if (kind.equals("containerResource") && source.string("container").isEmpty()) {
          errors.required(path.child("container"), "must specify a container");
        }
        validateTarget(target, targetPath, errors);
        validateUtilization(target, targetPath, errors);
      }
      case "object" -> {
        AutoscalerValidation.validateReference(
            source.object("describedObject"), path.child("describedObject"), errors);
        validateMetricName(source, path, errors);
        validateTarget(target, targetPath, errors);
        if (!target.has("value") && !target.has("averageValue")) {
          errors.required(
              targetPath.child("averageValue"), "must set either a target value or averageValue");
        }
      }
      case "pods" -> {
        validateMetricName(source, path, errors);
        validateTarget(target, targetPath, errors);
        if (!target.has("averageValue")) {
          errors.required(
              targetPath.child("averageValue"), "must specify a positive target averageValue");
        }
      }
      default -> validateExternal(source, path, errors);
    }
  }

  private static void validateExternal(JsonObject source, FieldPath path, FieldErrors errors) {
    JsonObject target = source.object("target");
    FieldPath targetPath = path.child("target");
    validateMetricName(source, path, errors);
    validateTarget(target, targetPath, errors);
    boolean value = target.has("value");
    if (!value && !target.has("averageValue")) {
      errors.required(
          targetPath.child("averageValue"),
          "must set either a target value for metric or a per-pod target");
    } else if (value && target.has("averageValue")) {
      errors.forbidden(
          targetPath.child("value"),
          "may not set both a target value for metric and a per-pod target");
    }
  }

  private static void validateUtilization(JsonObject target, FieldPath path, FieldErrors errors) {
    boolean utilization = target.has("averageUtilization");
    if (!utilization && !target.has("averageValue")) {
      errors.required(
          path.child("averageUtilization"),
          "must set either a target raw value or a target utilization");
    } else if (utilization && target.has("averageValue")) {
      errors.forbidden(
          path.child("averageValue"),
          "may not set both a target raw value and a target utilization");
    }
  }

  private static void validateMetricName(JsonObject source, FieldPath path, FieldErrors errors) {
    String name = source.string("metric", "name");
    FieldPath at = path.child("metric").child("name");
    if (name.isEmpty()) {
      errors.required(at, "must specify a metric name");
    } else {
      errors.invalid(at, name, Formats.pathSegment(name));
    }
  }

  private static void validateTarget(JsonObject target, FieldPath path, FieldErrors errors) {
    String type = target.string("type");
    if (type.isEmpty()) {
      errors.required(path.child("type"), "must specify a metric target type");
    }
    if (!TARGETS.contains(type)) {
      errors.invalid(
          path.child("type"), type, "must be either Utilization, Value, or AverageValue");
    }
    for (String field : new String[] {"value", "averageValue"}) {
      if (target.has(field) && Quantities.at(target, field).sign() <= 0) {
        errors.invalid(
            path.child(field), Quantities.at(target, field).toString(), "must be positive");
      }
    }
    long utilization = target.integer(1, "averageUtilization");
    if (utilization < 1) {
      errors.invalid(path.child("averageUtilization"), utilization, "must be greater than 0");
    }
  }
}
