package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.List;

/// Checks changes of a pod's status: containers that ended for good stay ended.
///
/// Models ValidatePodStatusUpdate in pkg/apis/core/validation.
final class PodStatusValidation {
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final List<String> SYSTEM_CONDITIONS =
      List.of("PodScheduled", "Ready", "Initialized");

  private PodStatusValidation() {}

  static void validateUpdate(JsonObject pod, JsonObject old, FieldErrors errors) {
    Elements.each(
        pod.array("status", "conditions"),
        FieldPath.of("metadata").child("conditions"),
        (condition, path) -> {
          String type = condition.string("type");
          if (!SYSTEM_CONDITIONS.contains(type)) {
            Names.qualifiedName(type)
                .forEach(wrong -> errors.invalid(path.child("Type"), type, wrong));
          }
        });
    String qosClass = pod.string("status", "qosClass");
    if (!qosClass.equals(old.string("status", "qosClass"))) {
      errors.invalid(STATUS.child("qosClass"), qosClass, Formats.IMMUTABLE);
    }
    String policy = old.string("spec", "restartPolicy");
    validateStates(pod, old, "containerStatuses", policy, errors);
    validateStates(pod, old, "initContainerStatuses", policy, errors);
    validateStates(pod, old, "ephemeralContainerStatuses", "Never", errors);
    Elements.each(
        pod.array("status", "podIPs"),
        STATUS.child("podIPs"),
        (address, path) -> {
          String ip = address.string("ip");
          Formats.ip(ip).forEach(wrong -> errors.invalid(path, ip, wrong));
        });
  }

  private static void validateStates(
      JsonObject pod, JsonObject old, String field, String policy, FieldErrors errors) {
    if (policy.equals("Always")) {
      return;
    }
    JsonArray now = pod.array("status", field);
    Elements.each(
        old.array("status", field),
        STATUS.child(field),
        (before, path) -> {
          JsonObject ended = before.object("state", "terminated");
          boolean mayRestart =
              ended.integer(0, "exitCode") != 0 && policy.equals("OnFailure")
                  || isSidecar(old, before.string("name"))
                  || ownPolicyMayRestart(old, before.string("name"));
          if (ended.isEmpty() || mayRestart) {
            return;
          }
          now.objects()
              .filter(status -> status.string("name").equals(before.string("name")))
              .filter(status -> status.object("state", "terminated").isEmpty())
              .forEach(
                  _ ->
                      errors.forbidden(
                          path.child("state"), "may not be transitioned to non-terminated state"));
        });
  }

  private static boolean isSidecar(JsonObject pod, String name) {
    return pod.array("spec", "initContainers")
        .objects()
        .anyMatch(
            container ->
                container.string("name").equals(name)
                    && container.string("restartPolicy").equals("Always"));
  }

  /// A container with a restart policy of its own answers to that one.
  private static boolean ownPolicyMayRestart(JsonObject pod, String name) {
    return pod.array("spec", "containers")
        .objects()
        .anyMatch(
            container -> container.string("name").equals(name) && container.has("restartPolicy"));
  }
}
