package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Checks sources of volumes that no node here can mount, beyond what they require.
///
/// Models validateISCSIVolumeSource and its neighbours in pkg/apis/core/validation.
final class ForeignVolumeValidation {
  private static final int LUN_MAX = 255;
  private static final Map<String, Pattern> INITIATORS =
      Map.of(
          "iqn", Pattern.compile("iqn\\.\\d{4}-\\d{2}\\.([a-zA-Z0-9-.]+)(:[^,;*&$|\\s]+)$"),
          "eui", Pattern.compile("^eui.[a-zA-Z0-9]{16}$"),
          "naa", Pattern.compile("^naa.[a-zA-Z0-9]{32}$"));

  private final FieldErrors errors;

  ForeignVolumeValidation(FieldErrors errors) {
    this.errors = errors;
  }

  void validate(String kind, JsonObject source, FieldPath path) {
    switch (kind) {
      case "iscsi" -> validateIscsi(source, path);
      case "fc" -> validateFibreChannel(source, path);
      case "flocker" -> validateFlocker(source, path);
      case "flexVolume" -> validateFlexOptions(source, path);
      case "azureDisk" -> validateAzureDisk(source, path);
      case "gcePersistentDisk", "awsElasticBlockStore" -> validatePartition(source, path);
      default -> {
        // What they require is all there is to check.
      }
    }
  }

  private void validatePartition(JsonObject source, FieldPath path) {
    long partition = source.integer(0, "partition");
    if (partition < 0 || partition > LUN_MAX) {
      errors.invalid(path.child("partition"), partition, Formats.inclusiveRange(1, LUN_MAX));
    }
  }

  private void validateIscsi(JsonObject source, FieldPath path) {
    String name = source.string("iqn");
    if (!name.isEmpty()) {
      validateInitiator(name, path.child("iqn"));
    }
    validateLun(source, path.child("lun"));
    boolean authenticates = source.bool("chapAuthDiscovery") || source.bool("chapAuthSession");
    if (authenticates && !source.has("secretRef")) {
      errors.required(path.child("secretRef"), "");
    }
    if (source.has("initiatorName")) {
      validateInitiator(source.string("initiatorName"), path.child("initiatorname"));
    }
  }

  private void validateInitiator(String name, FieldPath path) {
    Pattern pattern = name.length() < 3 ? null : INITIATORS.get(name.substring(0, 3));
    if (pattern == null) {
      errors.invalid(path, name, "must be valid format starting with iqn, eui, or naa");
    } else if (!pattern.matcher(name).find()) {
      errors.invalid(path, name, "must be valid format");
    }
  }

  private void validateLun(JsonObject source, FieldPath path) {
    long lun = source.integer(0, "lun");
    if (lun < 0 || lun > LUN_MAX) {
      errors.invalid(path, lun, Formats.inclusiveRange(0, LUN_MAX));
    }
  }

  private void validateFibreChannel(JsonObject source, FieldPath path) {
    boolean named = !source.array("targetWWNs").isEmpty();
    boolean identified = !source.array("wwids").isEmpty();
    FieldPath names = path.child("targetWWNs");
    if (!named && !identified) {
      errors.required(names, "must specify either targetWWNs or wwids, but not both");
    }
    if (named && identified) {
      errors.invalid(
          names,
          source.array("targetWWNs"),
          "targetWWNs and wwids can not be specified simultaneously");
    }
    if (named && !source.has("lun")) {
      errors.required(path.child("lun"), "lun is required if targetWWNs is specified");
    } else if (named) {
      validateLun(source, path.child("lun"));
    }
  }

  private void validateFlocker(JsonObject source, FieldPath path) {
    String name = source.string("datasetName");
    boolean identified = !source.string("datasetUUID").isEmpty();
    if (name.isEmpty() && !identified) {
      errors.required(path, "one of datasetName and datasetUUID is required");
    }
    if (!name.isEmpty() && identified) {
      errors.invalid(
          path,
          Json.of("resource"),
          "datasetName and datasetUUID can not be specified simultaneously");
    }
    if (name.contains("/")) {
      errors.invalid(path.child("datasetName"), name, "must not contain '/'");
    }
  }

  private void validateFlexOptions(JsonObject source, FieldPath path) {
    for (String option : source.object("options").fields().keySet()) {
      String domain = "." + option.split("/", 2)[0].toLowerCase(Locale.ROOT);
      if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
        errors.invalid(
            path.child("options").key(option),
            option,
            "kubernetes.io and k8s.io namespaces are reserved");
      }
    }
  }

  private void validateAzureDisk(JsonObject source, FieldPath path) {
    Choices.optional(
        source,
        "cachingMode",
        path.child("cachingMode"),
        List.of("None", "ReadOnly", "ReadWrite"),
        errors);
    Choices.optional(
        source, "kind", path.child("kind"), List.of("Dedicated", "Managed", "Shared"), errors);
    String uri = source.string("diskURI");
    if (!source.has("kind")) {
      return;
    }
    if (source.string("kind").equals("Managed")) {
      if (!uri.startsWith("/subscriptions/")) {
        errors.notSupported(
            path.child("diskURI"),
            uri,
            List.of(
                "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"));
      }
    } else if (!uri.startsWith("https://")) {
      errors.notSupported(
          path.child("diskURI"),
          uri,
          List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"));
    }
  }
}
