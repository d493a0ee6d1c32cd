package dev.drydock.cluster.registry.core.pod;

import com.google.common.base.Splitter;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;

/// Checks paths and modes of files. Models validateLocalDescendingPath and its neighbours in
/// pkg/apis/core/validation.
public final class FilePaths {
  private static final long MODE_MAX = 511;

  private FilePaths() {}

  /// The path is relative and stays below where it starts.
  static void validateLocalDescending(String target, FieldPath path, FieldErrors errors) {
    if (target.startsWith("/")) {
      errors.invalid(path, target, "must be a relative path");
    }
    validateNoBacksteps(target, path, errors);
  }

  public static void validateNoBacksteps(String target, FieldPath path, FieldErrors errors) {
    if (hasBacksteps(target)) {
      errors.invalid(path, target, "must not contain '..'");
    }
  }

  static boolean hasBacksteps(String target) {
    return Splitter.on('/').splitToStream(target).anyMatch(".."::equals);
  }

  /// Besides, names that start with two dots are kept for the kubelet.
  static void validateLocalNonReserved(String target, FieldPath path, FieldErrors errors) {
    validateLocalDescending(target, path, errors);
    if (target.startsWith("..") && !target.startsWith("../")) {
      errors.invalid(path, target, "must not start with '..'");
    }
  }

  static void validateMode(JsonObject owner, String field, FieldPath path, FieldErrors errors) {
    long mode = owner.integer(0, field);
    if (mode < 0 || mode > MODE_MAX) {
      errors.invalid(
          path.child(field), mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }
}
