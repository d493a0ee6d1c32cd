package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;

/// Checks the security contexts of containers and pods. Options for Windows are not looked into: no
/// node runs it.
///
/// Models ValidateSecurityContext and validatePodSpecSecurityContext in pkg/apis/core/validation.
final class SecurityContextValidation {
  private static final ImmutableList<String> PROC_MOUNTS = ImmutableList.of("Default", "Unmasked");

  private SecurityContextValidation() {}

  static void validateContainer(
      JsonObject context, FieldPath path, boolean hostUsers, FieldErrors errors) {
    validateId(context, "runAsUser", path, errors);
    validateId(context, "runAsGroup", path, errors);
    Choices.optional(context, "procMount", path.child("procMount"), PROC_MOUNTS, errors);
    if (hostUsers && context.string("procMount").equals("Unmasked")) {
      errors.invalid(
          path.child("procMount"), "Unmasked", "`hostUsers` must be false to use `Unmasked`");
    }
    SecurityProfiles.validateSeccomp(context, path, errors);
    validateEscalation(context, path, errors);
    SecurityProfiles.validateAppArmor(context, path, errors);
  }

  static void validateId(JsonObject context, String field, FieldPath path, FieldErrors errors) {
    if (context.get(field) instanceof JsonNumber id) {
      errors.invalid(path.child(field), id.longValue(), Formats.id(id.longValue()));
    }
  }

  private static void validateEscalation(JsonObject context, FieldPath path, FieldErrors errors) {
    if (!context.has("allowPrivilegeEscalation") || context.bool("allowPrivilegeEscalation")) {
      return;
    }
    String may = "cannot set `allowPrivilegeEscalation` to false and ";
    if (context.bool("privileged")) {
      errors.invalid(path, shown(context), may + "`privileged` to true");
    }
    if (context.array("capabilities", "add").strings().anyMatch("CAP_SYS_ADMIN"::equals)) {
      errors.invalid(path, shown(context), may + "`capabilities.Add` CAP_SYS_ADMIN");
    }
  }

  private static Json shown(JsonObject context) {
    return InternalTypes.of("SecurityContext", context);
  }
}
