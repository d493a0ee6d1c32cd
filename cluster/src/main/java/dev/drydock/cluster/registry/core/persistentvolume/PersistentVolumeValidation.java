package dev.drydock.cluster.registry.core.persistentvolume;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.UnifiedDiff;
import dev.drydock.cluster.registry.core.persistentvolumeclaim.ClaimSpecValidation;
import dev.drydock.cluster.registry.core.pod.CsiDrivers;
import dev.drydock.cluster.registry.core.pod.FilePaths;
import dev.drydock.cluster.registry.core.pod.NodeSelectorValidation;
import dev.drydock.cluster.registry.core.pod.VolumeSourceValidation;
import dev.drydock.cluster.registry.core.resource.Quantities;

/// Checks persistent volumes. Models ValidatePersistentVolumeSpec in pkg/apis/core/validation.
final class PersistentVolumeValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("Delete", "Recycle", "Retain");
  private static final ImmutableList<String> MODES = ImmutableList.of("Block", "Filesystem");

  /// In upstream's order.
  private static final ImmutableList<String> SOURCES =
      ImmutableList.of(
          "hostPath",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "glusterfs",
          "flocker",
          "nfs",
          "rbd",
          "quobyte",
          "cephfs",
          "iscsi",
          "cinder",
          "fc",
          "flexVolume",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "scaleIO",
          "local",
          "storageos",
          "csi");

  private PersistentVolumeValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    FieldPath modes = SPEC.child("accessModes");
    if (spec.array("accessModes").isEmpty()) {
      errors.required(modes, "");
    }
    ClaimSpecValidation.validateAccessModes(spec.array("accessModes"), modes, errors);
    validateCapacity(spec.object("capacity"), SPEC.child("capacity"), errors);
    Choices.optional(
        spec,
        "persistentVolumeReclaimPolicy",
        SPEC.child("persistentVolumeReclaimPolicy"),
        POLICIES,
        errors);
    if (spec.has("nodeAffinity")) {
      validateAffinity(spec.object("nodeAffinity"), SPEC.child("nodeAffinity"), errors);
    }
    validateSources(spec, errors);
    String storageClass = spec.string("storageClassName");
    if (!storageClass.isEmpty()) {
      errors.invalid(
          SPEC.child("storageClassName"), storageClass, Names.dns1123Subdomain(storageClass));
    }
    Choices.optional(spec, "volumeMode", SPEC.child("volumeMode"), MODES, errors);
  }

  private static void validateCapacity(JsonObject capacity, FieldPath path, FieldErrors errors) {
    if (capacity.isEmpty()) {
      errors.required(path, "");
    }
    if (!capacity.has("storage") || capacity.fields().size() > 1) {
      Json shown = capacity.isEmpty() ? JsonNull.NULL : capacity;
      errors.notSupported(path, shown, ImmutableList.of("storage"));
    }
    for (String name : capacity.fields().keySet()) {
      Quantities.validatePositive(Quantities.at(capacity, name), path.key(name), errors);
    }
  }

  private static void validateAffinity(JsonObject affinity, FieldPath path, FieldErrors errors) {
    FieldPath required = path.child("required");
    if (affinity.has("required")) {
      NodeSelectorValidation.validate(affinity.object("required"), required, errors);
    } else {
      errors.required(required, "must specify required node constraints");
    }
  }

  private static void validateSources(JsonObject spec, FieldErrors errors) {
    int sources = 0;
    for (String source : SOURCES) {
      if (!spec.has(source)) {
        continue;
      }
      if (sources > 0) {
        errors.forbidden(SPEC.child(source), "may not specify more than 1 volume type");
      } else {
        sources++;
        validateSource(source, spec, errors);
      }
    }
    if (sources == 0) {
      errors.required(SPEC, "must specify a volume type");
    }
    boolean recycled = spec.string("persistentVolumeReclaimPolicy").equals("Recycle");
    if (recycled && spec.string("hostPath", "path").matches("/+\\.?")) {
      errors.forbidden(
          SPEC.child("persistentVolumeReclaimPolicy"),
          "may not be 'recycle' for a hostPath mount of '/'");
    }
  }

  private static void validateSource(String kind, JsonObject spec, FieldErrors errors) {
    JsonObject source = spec.object(kind);
    FieldPath path = SPEC.child(kind);
    switch (kind) {
      case "local" -> {
        String target = source.string("path");
        if (target.isEmpty()) {
          errors.required(path.child("path"), "");
        } else {
          FilePaths.validateNoBacksteps(target, path.child("path"), errors);
        }
        if (!spec.has("nodeAffinity")) {
          errors.required(SPEC.child("nodeAffinity"), "Local volume requires node affinity");
        }
      }
      case "csi" -> {
        CsiDrivers.validateName(source.string("driver"), path.child("driver"), errors);
        if (source.string("volumeHandle").isEmpty()) {
          errors.required(path.child("volumeHandle"), "");
        }
      }
      default -> new VolumeSourceValidation(false, errors).validate(kind, source, path);
    }
  }

  static void validateUpdate(JsonObject spec, JsonObject old, FieldErrors errors) {
    JsonObject now = sources(spec);
    JsonObject before = sources(old);
    if (!now.equals(before)) {
      errors.forbidden(
          SPEC.child("persistentvolumesource"),
          "spec.persistentvolumesource is immutable after creation\n"
              + UnifiedDiff.of(
                  InternalTypes.of("PersistentVolumeSource", before),
                  InternalTypes.of("PersistentVolumeSource", now)));
    }
    if (!spec.string("volumeMode").equals(old.string("volumeMode"))) {
      errors.invalid(FieldPath.of("volumeMode"), spec.string("volumeMode"), "field is immutable");
    }
    if (old.has("nodeAffinity")
        && !old.object("nodeAffinity").equals(spec.object("nodeAffinity"))) {
      errors.invalid(
          FieldPath.of("nodeAffinity"), spec.object("nodeAffinity"), "field is immutable");
    }
  }

  private static JsonObject sources(JsonObject spec) {
    JsonObject.Builder sources = JsonObject.builder();
    SOURCES.forEach(
        source -> {
          if (spec.has(source)) {
            sources.put(source, spec.object(source));
          }
        });
    return sources.build();
  }
}
