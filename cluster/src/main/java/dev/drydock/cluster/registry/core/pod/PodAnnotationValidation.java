package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.Map;
import java.util.stream.Stream;

/// Checks the annotations of pods and pod templates that mean something to the system.
///
/// Models ValidatePodSpecificAnnotations in pkg/apis/core/validation.
final class PodAnnotationValidation {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private PodAnnotationValidation() {}

  static void validate(
      Map<String, String> annotations, JsonObject spec, FieldPath path, FieldErrors errors) {
    String mirror = annotations.get(MIRROR);
    if (mirror != null && spec.string("nodeName").isEmpty()) {
      errors.invalid(
          path.key(MIRROR), mirror, "must set spec.nodeName if mirror pod annotation is set");
    }
    String cost = annotations.get(DELETION_COST);
    if (cost != null && !isDeletionCost(cost)) {
      errors.invalid(path.key(DELETION_COST), cost, "must be a 32bit integer");
    }
    annotations.forEach(
        (key, profile) -> {
          if (key.startsWith(APP_ARMOR)) {
            validateAppArmor(key, profile, spec, path.key(key), errors);
          }
        });
  }

  /// A number without a plus sign or leading zeros.
  private static boolean isDeletionCost(String text) {
    if (!text.matches("0|-?[1-9][0-9]{0,9}")) {
      return false;
    }
    long cost = Long.parseLong(text);
    return cost == (int) cost;
  }

  private static void validateAppArmor(
      String key, String profile, JsonObject spec, FieldPath path, FieldErrors errors) {
    String container = key.substring(APP_ARMOR.length());
    boolean known =
        Stream.of("initContainers", "containers", "ephemeralContainers")
            .flatMap(list -> spec.array(list).objects())
            .anyMatch(one -> one.string("name").equals(container));
    if (!known) {
      errors.invalid(path, container, "container not found");
    }
    boolean valid =
        profile.isEmpty()
            || profile.equals("runtime/default")
            || profile.equals("unconfined")
            || profile.startsWith("localhost/");
    if (!valid) {
      errors.invalid(path, profile, "invalid AppArmor profile name: " + FieldErrors.quote(profile));
    }
  }

  static void validateUpdate(
      Map<String, String> annotations,
      Map<String, String> old,
      FieldPath path,
      FieldErrors errors) {
    old.forEach(
        (key, value) -> {
          if (!value.equals(annotations.get(key))) {
            forbid(key, "may not remove or update ", path, errors);
          }
        });
    annotations.forEach(
        (key, _) -> {
          if (!old.containsKey(key)) {
            forbid(key, "may not add ", path, errors);
          }
        });
  }

  private static void forbid(String key, String verb, FieldPath path, FieldErrors errors) {
    if (key.startsWith(APP_ARMOR)) {
      errors.forbidden(path.key(key), verb + "AppArmor annotations");
    }
    if (key.equals(MIRROR)) {
      errors.forbidden(path.key(key), verb + "mirror pod annotation");
    }
  }
}
