package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.persistentvolumeclaim.ClaimSpecValidation;
import dev.drydock.cluster.registry.core.resource.Quantities;

/// Checks one source of a volume. Of sources no node here can mount, only what they require is
/// checked.
///
/// Models validateVolumeSource and the functions it calls in pkg/apis/core/validation.
public final class VolumeSourceValidation {
  private static final ImmutableList<String> HOST_PATH_TYPES =
      ImmutableList.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");

  /// The fields that foreign sources need.
  private static final ImmutableMap<String, ImmutableList<String>> REQUIRED =
      ImmutableMap.<String, ImmutableList<String>>builder()
          .put("gitRepo", ImmutableList.of("repository"))
          .put("gcePersistentDisk", ImmutableList.of("pdName"))
          .put("awsElasticBlockStore", ImmutableList.of("volumeID"))
          .put("nfs", ImmutableList.of("server", "path"))
          .put("iscsi", ImmutableList.of("targetPortal", "iqn"))
          .put("glusterfs", ImmutableList.of("endpoints", "path"))
          .put("persistentVolumeClaim", ImmutableList.of("claimName"))
          .put("rbd", ImmutableList.of("monitors", "image"))
          .put("cinder", ImmutableList.of("volumeID"))
          .put("cephfs", ImmutableList.of("monitors"))
          .put("quobyte", ImmutableList.of("registry", "volume"))
          .put("flexVolume", ImmutableList.of("driver"))
          .put("azureFile", ImmutableList.of("secretName", "shareName"))
          .put("vsphereVolume", ImmutableList.of("volumePath"))
          .put("photonPersistentDisk", ImmutableList.of("pdID"))
          .put("portworxVolume", ImmutableList.of("volumeID"))
          .put("azureDisk", ImmutableList.of("diskName", "diskURI"))
          .put("storageos", ImmutableList.of("volumeName"))
          .put("scaleIO", ImmutableList.of("gateway", "system", "volumeName"))
          .buildOrThrow();

  private final boolean isPod;
  private final FieldErrors errors;

  public VolumeSourceValidation(boolean isPod, FieldErrors errors) {
    this.isPod = isPod;
    this.errors = errors;
  }

  public void validate(String kind, JsonObject source, FieldPath path) {
    FieldPath at =
        kind.equals("gcePersistentDisk")
            ? new FieldPath(path.text().replaceFirst("gcePersistentDisk$", "persistentDisk"))
            : path;
    for (String field : REQUIRED.getOrDefault(kind, ImmutableList.of())) {
      if (source.string(field).isEmpty() && source.array(field).isEmpty()) {
        errors.required(at.child(field), "");
      }
    }
    switch (kind) {
      case "emptyDir" -> validateEmptyDir(source, path);
      case "hostPath" -> validateHostPath(source, path);
      case "gitRepo" ->
          FilePaths.validateLocalDescending(
              source.string("directory"), path.child("directory"), errors);
      case "nfs" -> validateNfs(source, path);
      case "secret" -> validateKeys(source, "secretName", path);
      case "configMap" -> validateKeys(source, "name", path);
      case "downwardAPI" -> {
        FilePaths.validateMode(source, "defaultMode", path, errors);
        Elements.each(
            source.array("items"),
            path,
            (file, _) -> ProjectedVolumeValidation.validateFile(file, path, errors));
      }
      case "projected" -> new ProjectedVolumeValidation(errors).validate(source, path);
      case "csi" -> validateCsi(source, path);
      case "ephemeral" -> validateEphemeral(source, path);
      case "image" -> validateImage(source, path);
      default -> new ForeignVolumeValidation(errors).validate(kind, source, at);
    }
  }

  private void validateEmptyDir(JsonObject source, FieldPath path) {
    if (Quantities.at(source, "sizeLimit").sign() < 0) {
      errors.forbidden(
          path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity");
    }
  }

  private void validateHostPath(JsonObject source, FieldPath path) {
    String target = source.string("path");
    if (target.isEmpty()) {
      errors.required(path.child("path"), "");
      return;
    }
    FilePaths.validateNoBacksteps(target, path.child("path"), errors);
    String type = source.string("type");
    if (!HOST_PATH_TYPES.contains(type)) {
      errors.notSupported(path.child("type"), type, HOST_PATH_TYPES);
    }
  }

  private void validateNfs(JsonObject source, FieldPath path) {
    if (!source.string("path").startsWith("/")) {
      errors.invalid(path.child("path"), source.string("path"), "must be an absolute path");
    }
  }

  private void validateKeys(JsonObject source, String name, FieldPath path) {
    if (source.string(name).isEmpty()) {
      errors.required(path.child(name), "");
    }
    FilePaths.validateMode(source, "defaultMode", path, errors);
    Elements.each(
        source.array("items"),
        path.child("items"),
        (item, at) -> ProjectedVolumeValidation.validateItem(item, at, errors));
  }

  private void validateCsi(JsonObject source, FieldPath path) {
    CsiDrivers.validateName(source.string("driver"), path.child("driver"), errors);
    if (source.has("nodePublishSecretRef")) {
      String secret = source.string("nodePublishSecretRef", "name");
      if (secret.isEmpty()) {
        errors.required(path.child("nodePublishSecretRef").child("name"), "");
      } else {
        errors.invalid(path.child("name"), secret, Names.dns1123Subdomain(secret));
      }
    }
  }

  private void validateEphemeral(JsonObject source, FieldPath path) {
    FieldPath at = path.child("volumeClaimTemplate");
    if (source.has("volumeClaimTemplate")) {
      ClaimSpecValidation.validateTemplate(source.object("volumeClaimTemplate"), at, errors);
    } else {
      errors.required(at, "");
    }
  }

  private void validateImage(JsonObject source, FieldPath path) {
    String reference = source.string("reference");
    if (reference.isEmpty() && isPod) {
      errors.required(path.child("reference"), "");
    } else if (isPod && !reference.equals(reference.strip())) {
      errors.invalid(
          path.child("reference"), reference, "must not have leading or trailing whitespace");
    }
    String policy = source.string("pullPolicy");
    ImmutableList<String> policies = ImmutableList.of("Always", "IfNotPresent", "Never");
    if (!policies.contains(policy)) {
      errors.notSupported(path.child("pullPolicy"), policy, policies);
    }
  }
}
