package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.Locale;

/// The names of CSI drivers. Models ValidateCSIDriverName in pkg/apis/core/validation.
public final class CsiDrivers {
  private static final int NAME_MAX = 63;

  private CsiDrivers() {}

  public static void validateName(String name, FieldPath path, FieldErrors errors) {
    if (name.isEmpty()) {
      errors.required(path, "");
    }
    if (name.length() > NAME_MAX) {
      errors.tooLong(path, NAME_MAX);
    }
    errors.invalid(path, name, Names.dns1123Subdomain(name.toLowerCase(Locale.ROOT)));
  }
}
