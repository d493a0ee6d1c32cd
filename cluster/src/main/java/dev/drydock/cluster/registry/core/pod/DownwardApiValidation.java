package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.Locale;

/// Checks what a container asks to know of its own pod.
///
/// Models validateObjectFieldSelector and validateContainerResourceFieldSelector in
/// pkg/apis/core/validation.
final class DownwardApiValidation {
  static final ImmutableList<String> ENVIRONMENT_FIELDS =
      ImmutableList.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");
  static final ImmutableList<String> VOLUME_FIELDS =
      ImmutableList.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");

  private static final ImmutableSet<String> KNOWN =
      ImmutableSet.<String>builder()
          .addAll(ENVIRONMENT_FIELDS)
          .addAll(VOLUME_FIELDS)
          .add("spec.restartPolicy", "spec.schedulerName", "status.phase", "spec.host")
          .build();
  private static final ImmutableList<String> RESOURCES =
      ImmutableList.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");
  private static final ImmutableSet<String> SIZES =
      ImmutableSet.of(
          "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei");

  private DownwardApiValidation() {}

  static void validateField(
      JsonObject selector, ImmutableList<String> supported, FieldPath path, FieldErrors errors) {
    String field = selector.string("fieldPath");
    FieldPath at = path.child("fieldPath");
    if (field.isEmpty()) {
      errors.required(at, "");
      return;
    }
    String version = selector.string("apiVersion");
    int bracket = field.endsWith("']") ? field.indexOf("['") : -1;
    String name = bracket < 0 ? field : field.substring(0, bracket);
    String wrong = conversionError(version, name, bracket >= 0);
    if (!wrong.isEmpty()) {
      errors.invalid(at, field, "error converting fieldPath: " + wrong);
    } else if (bracket >= 0) {
      String key = field.substring(bracket + 2, field.length() - 2);
      String checked = name.equals("metadata.annotations") ? key.toLowerCase(Locale.ROOT) : key;
      errors.invalid(path, checked, Names.qualifiedName(checked));
    } else if (!supported.contains(name)) {
      errors.notSupported(at, name, supported);
    }
  }

  private static String conversionError(String version, String name, boolean subscripted) {
    if (!version.equals("v1")) {
      return "unsupported pod version: " + version;
    }
    if (subscripted) {
      return name.equals("metadata.annotations") || name.equals("metadata.labels")
          ? ""
          : "field label does not support subscript: " + name;
    }
    return KNOWN.contains(name) ? "" : "field label not supported: " + name;
  }

  /// @param inVolume a volume serves several containers, so one must be named
  static void validateResource(
      JsonObject selector, boolean inVolume, FieldPath path, FieldErrors errors) {
    String resource = selector.string("resource");
    if (inVolume && selector.string("containerName").isEmpty()) {
      errors.required(path.child("containerName"), "");
    } else if (resource.isEmpty()) {
      errors.required(path.child("resource"), "");
    } else if (!RESOURCES.contains(resource) && !isHugePages(resource)) {
      errors.notSupported(path.child("resource"), resource, RESOURCES);
    }
    validateDivisor(resource, selector.string("divisor"), path.child("divisor"), errors);
  }

  private static boolean isHugePages(String resource) {
    return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
  }

  private static void validateDivisor(
      String resource, String divisor, FieldPath path, FieldErrors errors) {
    if (divisor.isEmpty() || divisor.equals("0")) {
      return;
    }
    String kind = resource.substring(resource.indexOf('.') + 1);
    String called =
        switch (kind) {
          case "memory" -> "memory";
          case "ephemeral-storage" -> "local ephemeral storage";
          default -> "hugepages";
        };
    if (kind.equals("cpu")) {
      if (!divisor.equals("1") && !divisor.equals("1m")) {
        errors.invalid(
            path, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
      }
    } else if (!SIZES.contains(divisor)) {
      errors.invalid(
          path,
          resource,
          "only divisor's values %s are supported with the %s resource"
              .formatted(String.join(", ", SIZES), called));
    }
  }
}
