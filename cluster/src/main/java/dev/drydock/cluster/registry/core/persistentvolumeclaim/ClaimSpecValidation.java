package dev.drydock.cluster.registry.core.persistentvolumeclaim;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.ObjectMetaValidation;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.List;

/// Checks the spec of a claim, its own or in a template.
///
/// Models ValidatePersistentVolumeClaimSpec in pkg/apis/core/validation.
public final class ClaimSpecValidation {
  private static final ImmutableList<String> ACCESS_MODES =
      ImmutableList.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
  private static final ImmutableList<String> VOLUME_MODES = ImmutableList.of("Block", "Filesystem");

  private ClaimSpecValidation() {}

  public static void validate(JsonObject spec, FieldPath path, FieldErrors errors) {
    if (spec.array("accessModes").isEmpty()) {
      errors.required(path.child("accessModes"), "at least 1 access mode is required");
    }
    LabelSelectorValidation.validate(spec.object("selector"), path.child("selector"), errors);
    validateAccessModes(spec.array("accessModes"), path.child("accessModes"), errors);
    validateStorage(spec.object("resources", "requests"), path.child("resources"), errors);
    String storageClass = spec.string("storageClassName");
    if (!storageClass.isEmpty()) {
      errors.invalid(
          path.child("storageClassName"), storageClass, Names.dns1123Subdomain(storageClass));
    }
    Choices.optional(spec, "volumeMode", path.child("volumeMode"), VOLUME_MODES, errors);
    validateSources(spec, path, errors);
    String attributes = spec.string("volumeAttributesClassName");
    if (!attributes.isEmpty()) {
      errors.invalid(
          path.child("volumeAttributesClassName"), attributes, Names.dns1123Subdomain(attributes));
    }
  }

  /// Also the access modes of volumes are these.
  public static void validateAccessModes(JsonArray modes, FieldPath path, FieldErrors errors) {
    List<String> all = modes.strings().toList();
    for (String mode : all) {
      if (!ACCESS_MODES.contains(mode)) {
        errors.notSupported(path, mode, ACCESS_MODES);
      }
    }
    boolean others =
        all.stream().anyMatch(m -> ACCESS_MODES.contains(m) && !m.equals("ReadWriteOncePod"));
    if (all.contains("ReadWriteOncePod") && others) {
      errors.forbidden(path, "may not use ReadWriteOncePod with other access modes");
    }
  }

  private static void validateStorage(JsonObject requests, FieldPath path, FieldErrors errors) {
    FieldPath at = path.key("storage");
    if (!requests.has("storage")) {
      errors.required(at, "");
      return;
    }
    Quantity storage = Quantities.at(requests, "storage");
    Quantities.validatePositive(storage, at, errors);
  }

  private static void validateSources(JsonObject spec, FieldPath path, FieldErrors errors) {
    for (String field : new String[] {"dataSource", "dataSourceRef"}) {
      if (spec.has(field)) {
        validateSource(spec.object(field), path.child(field), errors);
      }
    }
    JsonObject source = spec.object("dataSource");
    JsonObject reference = spec.object("dataSourceRef");
    Json shown = new JsonString(path.child("dataSource").text());
    if (!reference.string("namespace").isEmpty()) {
      if (spec.has("dataSource")) {
        errors.invalid(
            path, shown, "may not be specified when dataSourceRef.namespace is specified");
      }
    } else if (spec.has("dataSource")
        && spec.has("dataSourceRef")
        && !source.equals(reference.without("namespace"))) {
      errors.invalid(path, shown, "must match dataSourceRef");
    }
  }

  private static void validateSource(JsonObject source, FieldPath path, FieldErrors errors) {
    for (String field : new String[] {"name", "kind"}) {
      if (source.string(field).isEmpty()) {
        errors.required(path.child(field), "");
      }
    }
    String group = source.string("apiGroup");
    String kind = source.string("kind");
    if (!group.isEmpty()) {
      errors.invalid(path.child("apiGroup"), group, Names.dns1123Subdomain(group));
    } else if (!kind.equals("PersistentVolumeClaim")) {
      errors.invalid(
          path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    }
    String namespace = source.string("namespace");
    if (!namespace.isEmpty()) {
      errors.invalid(path.child("namespace"), namespace, Names.dns1123Label(namespace));
    }
  }

  /// A claim template, of which only labels, annotations and spec are used.
  public static void validateTemplate(JsonObject template, FieldPath path, FieldErrors errors) {
    FieldPath metadata = path.child("metadata");
    ObjectMetaValidation.validateAnnotations(
        ObjectMeta.annotations(template), metadata.child("annotations"), errors);
    ObjectMetaValidation.validateLabels(
        ObjectMeta.labels(template), metadata.child("labels"), errors);
    for (String field : template.object("metadata").fields().keySet()) {
      if (!field.equals("annotations") && !field.equals("labels")) {
        errors.forbidden(metadata.child(field), "cannot be set");
      }
    }
    validate(template.object("spec"), path.child("spec"), errors);
  }
}
