package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;

/// Checks seccomp and AppArmor profiles. Models validateSeccompProfileField and
/// ValidateAppArmorProfileField in pkg/apis/core/validation.
final class SecurityProfiles {
  private static final ImmutableList<String> TYPES =
      ImmutableList.of("Localhost", "RuntimeDefault", "Unconfined");
  private static final int PROFILE_MAX = 4095;

  private SecurityProfiles() {}

  static void validateSeccomp(JsonObject context, FieldPath contextPath, FieldErrors errors) {
    if (!context.has("seccompProfile")) {
      return;
    }
    JsonObject profile = context.object("seccompProfile");
    FieldPath path = contextPath.child("seccompProfile");
    String type = profile.string("type");
    validateType(type, path, "type is required when seccompProfile is set", errors);
    FieldPath at = path.child("localhostProfile");
    if (type.equals("Localhost")) {
      if (profile.has("localhostProfile")) {
        FilePaths.validateLocalDescending(profile.string("localhostProfile"), at, errors);
      } else {
        errors.required(at, "must be set when seccomp type is Localhost");
      }
    } else if (profile.has("localhostProfile")) {
      errors.invalid(
          at,
          InternalTypes.of("SeccompProfile", profile),
          "can only be set when seccomp type is Localhost");
    }
  }

  private static void validateType(
      String type, FieldPath path, String whenMissing, FieldErrors errors) {
    if (type.isEmpty()) {
      errors.required(path.child("type"), whenMissing);
    } else if (!TYPES.contains(type)) {
      errors.notSupported(path.child("type"), type, TYPES);
    }
  }

  static void validateAppArmor(JsonObject context, FieldPath contextPath, FieldErrors errors) {
    if (!context.has("appArmorProfile")) {
      return;
    }
    JsonObject profile = context.object("appArmorProfile");
    FieldPath path = contextPath.child("appArmorProfile");
    String type = profile.string("type");
    String name = profile.string("localhostProfile");
    FieldPath at = path.child("localhostProfile");
    if (type.equals("Localhost")) {
      validateAppArmorName(name, at, errors);
      return;
    }
    if (TYPES.contains(type) && profile.has("localhostProfile")) {
      errors.invalid(at, name, "can only be set when AppArmor type is Localhost");
    }
    validateType(type, path, "type is required when appArmorProfile is set", errors);
  }

  private static void validateAppArmorName(String name, FieldPath path, FieldErrors errors) {
    if (!name.equals(name.strip())) {
      errors.invalid(path, name, "must not be padded with whitespace");
    } else if (name.isEmpty()) {
      errors.required(path, "must be set when AppArmor type is Localhost");
    }
    if (name.length() > PROFILE_MAX) {
      errors.tooLong(path, PROFILE_MAX);
    }
  }
}
