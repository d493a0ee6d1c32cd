package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;

/// Checks that a pod asks nothing of its operating system that it does not have.
///
/// Models validateOS, validateLinux and validateWindows in pkg/apis/core/validation.
final class OperatingSystems {
  private static final ImmutableList<String> SYSTEMS = ImmutableList.of("linux", "windows");
  private static final String NOT_WINDOWS = "cannot be set for a windows pod";
  private static final ImmutableList<String> OF_LINUX_PODS =
      ImmutableList.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "fsGroup",
          "fsGroupChangePolicy",
          "sysctls",
          "runAsUser",
          "runAsGroup",
          "supplementalGroups",
          "supplementalGroupsPolicy",
          "seLinuxChangePolicy");
  private static final ImmutableList<String> OF_LINUX_CONTAINERS =
      ImmutableList.of(
          "appArmorProfile",
          "seLinuxOptions",
          "seccompProfile",
          "capabilities",
          "readOnlyRootFilesystem",
          "privileged",
          "allowPrivilegeEscalation",
          "procMount",
          "runAsUser",
          "runAsGroup");

  private OperatingSystems() {}

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    if (!spec.has("os")) {
      return;
    }
    String name = spec.string("os", "name");
    switch (name) {
      case "" -> errors.required(path.child("os").child("name"), "cannot be empty");
      case "linux" ->
          forbid(
              spec,
              path,
              ImmutableList.of("windowsOptions"),
              ImmutableList.of("windowsOptions"),
              "windows options cannot be set for a linux pod",
              errors);
      case "windows" -> {
        forbid(spec, path, OF_LINUX_PODS, OF_LINUX_CONTAINERS, NOT_WINDOWS, errors);
        for (String field :
            new String[] {"hostUsers", "hostPID", "hostIPC", "shareProcessNamespace"}) {
          if (spec.has(field)) {
            errors.forbidden(path.child(field), NOT_WINDOWS);
          }
        }
      }
      default -> errors.notSupported(path.child("os"), name, SYSTEMS);
    }
  }

  private static void forbid(
      JsonObject spec,
      FieldPath path,
      ImmutableList<String> ofPods,
      ImmutableList<String> ofContainers,
      String detail,
      FieldErrors errors) {
    forbidIn(spec, path, ofPods, detail, errors);
    for (String kind : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      Elements.each(
          spec.array(kind),
          path.child(kind),
          (container, at) -> forbidIn(container, at, ofContainers, detail, errors));
    }
  }

  private static void forbidIn(
      JsonObject owner,
      FieldPath path,
      ImmutableList<String> fields,
      String detail,
      FieldErrors errors) {
    for (String field : fields) {
      if (owner.at("securityContext", field) != null) {
        errors.forbidden(path.child("securityContext").child(field), detail);
      }
    }
  }
}
