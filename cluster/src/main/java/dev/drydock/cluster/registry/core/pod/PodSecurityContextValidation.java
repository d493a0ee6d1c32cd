package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Checks what a pod decides for all its containers, and its use of the host's namespaces.
///
/// Models validatePodSpecSecurityContext and validateHostUsers in pkg/apis/core/validation.
final class PodSecurityContextValidation {
  private static final String SEGMENT = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
  private static final String SYSCTL = "(" + SEGMENT + "[\\./])*" + SEGMENT;
  private static final Pattern SYSCTL_PATTERN = Pattern.compile(SYSCTL);
  private static final int SYSCTL_MAX = 253;

  private PodSecurityContextValidation() {}

  static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    JsonObject context = spec.object("securityContext");
    SecurityContextValidation.validateId(context, "fsGroup", path, errors);
    SecurityContextValidation.validateId(context, "runAsUser", path, errors);
    SecurityContextValidation.validateId(context, "runAsGroup", path, errors);
    List<Json> groups = context.array("supplementalGroups").items();
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i) instanceof JsonNumber group) {
        errors.invalid(
            path.child("supplementalGroups").index(i),
            group.longValue(),
            Formats.id(group.longValue()));
      }
    }
    if (spec.bool("shareProcessNamespace") && spec.bool("hostPID")) {
      errors.invalid(
          path.child("shareProcessNamespace"),
          Json.of(true),
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    validateSysctls(spec, path.child("sysctls"), errors);
    choose(context, "fsGroupChangePolicy", path, errors, "Always", "OnRootMismatch");
    SecurityProfiles.validateSeccomp(context, path, errors);
    SecurityProfiles.validateAppArmor(context, path, errors);
    choose(context, "supplementalGroupsPolicy", path, errors, "Merge", "Strict");
    choose(context, "seLinuxChangePolicy", path, errors, "MountOption", "Recursive");
  }

  private static void choose(
      JsonObject context, String field, FieldPath path, FieldErrors errors, String... supported) {
    Choices.optional(context, field, path.child(field), ImmutableList.copyOf(supported), errors);
  }

  private static void validateSysctls(JsonObject spec, FieldPath path, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.each(
        spec.array("securityContext", "sysctls"),
        path,
        (sysctl, at) -> {
          String name = sysctl.string("name");
          FieldPath namePath = at.child("name");
          boolean wellFormed =
              name.length() <= SYSCTL_MAX && SYSCTL_PATTERN.matcher(name).matches();
          if (name.isEmpty()) {
            errors.required(namePath, "");
          } else if (!wellFormed) {
            errors.invalid(
                namePath,
                name,
                "must have at most %d characters and match regex ^%s$"
                    .formatted(SYSCTL_MAX, SYSCTL));
          } else if (!names.add(name)) {
            errors.duplicate(namePath, new JsonString(name));
          }
          validateHost(name, spec, namePath, errors);
        });
  }

  private static void validateHost(
      String name, JsonObject spec, FieldPath path, FieldErrors errors) {
    String dotted = name.replace('/', '.');
    boolean ofIpc =
        dotted.startsWith("kernel.shm")
            || dotted.startsWith("kernel.msg")
            || dotted.equals("kernel.sem")
            || dotted.startsWith("fs.mqueue.");
    if (spec.bool("hostNetwork") && dotted.startsWith("net.")) {
      errors.invalid(path, name, "may not be specified when 'hostNetwork' is true");
    } else if (spec.bool("hostIPC") && ofIpc) {
      errors.invalid(path, name, "may not be specified when 'hostIPC' is true");
    }
  }

  static void validateHostUsers(JsonObject spec, FieldPath path, FieldErrors errors) {
    if (!spec.has("hostUsers") || spec.bool("hostUsers")) {
      return;
    }
    String when = "when `pod.Spec.HostUsers` is false";
    if (spec.bool("hostNetwork")) {
      errors.forbidden(path.child("hostNetwork"), when);
    }
    if (spec.bool("hostPID")) {
      errors.forbidden(path.child("HostPID"), when);
    }
    if (spec.bool("hostIPC")) {
      errors.forbidden(path.child("HostIPC"), when);
    }
  }

  /// Ports of a pod in the host's network are the host's. In a template they may be left out.
  static void validateHostNetwork(
      JsonObject spec, boolean isPod, FieldPath path, FieldErrors errors) {
    if (!spec.bool("hostNetwork")) {
      return;
    }
    Elements.each(
        spec.array("containers"),
        path.child("containers"),
        (container, containerPath) ->
            Elements.each(
                container.array("ports"),
                containerPath.child("ports"),
                (port, at) -> {
                  long hostPort = port.integer(0, "hostPort");
                  if ((isPod || hostPort != 0) && hostPort != port.integer(0, "containerPort")) {
                    errors.invalid(
                        at.child("hostPort"),
                        hostPort,
                        "must match `containerPort` when `hostNetwork` is true");
                  }
                }));
  }
}
