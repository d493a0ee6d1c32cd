package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import java.util.HashSet;
import java.util.Set;

/// Checks projected volumes, and the files of the sources they combine.
///
/// Models validateProjectionSources, validateKeyToPath and validateDownwardAPIVolumeFile in
/// pkg/apis/core/validation.
final class ProjectedVolumeValidation {
  private static final ImmutableList<String> SOURCES =
      ImmutableList.of(
          "secret",
          "configMap",
          "downwardAPI",
          "serviceAccountToken",
          "clusterTrustBundle",
          "podCertificate");
  private static final long TOKEN_SECONDS_MIN = 600;
  private static final long TOKEN_SECONDS_MAX = 1L << 32;

  private final FieldErrors errors;
  private final Set<String> paths = new HashSet<>();

  ProjectedVolumeValidation(FieldErrors errors) {
    this.errors = errors;
  }

  void validate(JsonObject volume, FieldPath path) {
    FilePaths.validateMode(volume, "defaultMode", path, errors);
    Elements.each(
        volume.array("sources"),
        path.child("sources"),
        (source, at) -> {
          validateKeys(source, "secret", at, path);
          validateKeys(source, "configMap", at, path);
          Elements.each(
              source.array("downwardAPI", "items"),
              at,
              (file, _) -> {
                validateFile(file, at.child("downwardAPI"), errors);
                occupy(file.string("path"), file.string("path"), path);
              });
          if (source.has("serviceAccountToken")) {
            validateToken(source.object("serviceAccountToken"), at, path);
          }
          if (source.has("clusterTrustBundle")) {
            validateBundle(source.object("clusterTrustBundle"), at, path);
          }
          if (SOURCES.stream().filter(source::has).count() > 1) {
            errors.forbidden(at, "may not specify more than 1 volume type per source");
          }
        });
  }

  private void validateKeys(JsonObject source, String kind, FieldPath path, FieldPath volume) {
    if (!source.has(kind)) {
      return;
    }
    JsonObject keys = source.object(kind);
    if (keys.string("name").isEmpty()) {
      errors.required(path.child(kind).child("name"), "");
    }
    Elements.each(
        keys.array("items"),
        path.child(kind).child("items"),
        (item, at) -> {
          validateItem(item, at, errors);
          occupy(item.string("path"), keys.string("name"), volume);
        });
  }

  private void occupy(String file, String shown, FieldPath volume) {
    if (!file.isEmpty() && !paths.add(file)) {
      errors.invalid(volume, shown, "conflicting duplicate paths");
    }
  }

  private void validateToken(JsonObject token, FieldPath path, FieldPath volume) {
    long seconds = token.integer(0, "expirationSeconds");
    FieldPath at = path.child("serviceAccountToken").child("expirationSeconds");
    if (seconds < TOKEN_SECONDS_MIN) {
      errors.invalid(at, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > TOKEN_SECONDS_MAX) {
      errors.invalid(at, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    String file = token.string("path");
    if (file.isEmpty()) {
      errors.required(volume.child("path"), "");
    } else {
      FilePaths.validateLocalNonReserved(file, volume.child("path"), errors);
    }
  }

  private void validateBundle(JsonObject bundle, FieldPath path, FieldPath volume) {
    FieldPath at = path.child("clusterTrustBundle");
    boolean named = bundle.has("name");
    boolean signed = bundle.has("signerName");
    if (named && signed) {
      errors.invalid(at, bundle, "only one of name and signerName may be used");
    } else if (!named && !signed) {
      errors.required(at, "either name or signerName must be specified");
    } else if (named && bundle.string("name").isEmpty()) {
      errors.required(at.child("name"), "must be a valid object name");
    } else if (signed && bundle.string("signerName").isEmpty()) {
      errors.required(at.child("signerName"), "must be a valid signer name");
    }
    if (signed && bundle.has("labelSelector")) {
      LabelSelectorValidation.validate(
          bundle.object("labelSelector"), at.child("labelSelector"), errors);
    }
    String file = bundle.string("path");
    if (file.isEmpty()) {
      errors.required(at.child("path"), "");
    }
    FilePaths.validateLocalNonReserved(file, at.child("path"), errors);
    occupy(file, file, volume);
  }

  /// A key and the file it becomes.
  static void validateItem(JsonObject item, FieldPath path, FieldErrors errors) {
    if (item.string("key").isEmpty()) {
      errors.required(path.child("key"), "");
    }
    if (item.string("path").isEmpty()) {
      errors.required(path.child("path"), "");
    }
    FilePaths.validateLocalNonReserved(item.string("path"), path.child("path"), errors);
    FilePaths.validateMode(item, "mode", path, errors);
  }

  /// A file that tells of the pod.
  static void validateFile(JsonObject file, FieldPath path, FieldErrors errors) {
    if (file.string("path").isEmpty()) {
      errors.required(path.child("path"), "");
    }
    FilePaths.validateLocalNonReserved(file.string("path"), path.child("path"), errors);
    if (file.has("fieldRef")) {
      DownwardApiValidation.validateField(
          file.object("fieldRef"),
          DownwardApiValidation.VOLUME_FIELDS,
          path.child("fieldRef"),
          errors);
      if (file.has("resourceFieldRef")) {
        errors.invalid(
            path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
      }
    } else if (file.has("resourceFieldRef")) {
      DownwardApiValidation.validateResource(
          file.object("resourceFieldRef"), true, path.child("resourceFieldRef"), errors);
    } else {
      errors.required(path, "one of fieldRef and resourceFieldRef is required");
    }
    FilePaths.validateMode(file, "mode", path, errors);
  }
}
