package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks the volumes of a pod spec. Models ValidateVolumes and validateVolumeSource in
/// pkg/apis/core/validation.
final class VolumeValidation {
  /// In upstream's order.
  private static final ImmutableList<String> SOURCES =
      ImmutableList.of(
          "emptyDir",
          "hostPath",
          "gitRepo",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "flocker",
          "persistentVolumeClaim",
          "rbd",
          "cinder",
          "cephfs",
          "quobyte",
          "downwardAPI",
          "fc",
          "flexVolume",
          "configMap",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "storageos",
          "projected",
          "scaleIO",
          "csi",
          "ephemeral",
          "image");

  private final String podName;
  private final boolean isPod;
  private final FieldErrors errors;

  /// @param podName empty where it is not known, as in a template
  VolumeValidation(String podName, boolean isPod, FieldErrors errors) {
    this.podName = podName;
    this.isPod = isPod;
    this.errors = errors;
  }

  /// The valid volumes, by name; mounts of others are answered as not found, as upstream does.
  ImmutableMap<String, JsonObject> validate(JsonArray volumes, FieldPath path) {
    Set<String> made =
        volumes
            .objects()
            .filter(volume -> !podName.isEmpty() && volume.has("ephemeral"))
            .map(volume -> podName + "-" + volume.string("name"))
            .collect(Collectors.toSet());
    Map<String, JsonObject> valid = new HashMap<>();
    Elements.each(
        volumes,
        path,
        (volume, at) -> {
          int before = errors.size();
          validateVolume(volume, at);
          String name = volume.string("name");
          if (valid.containsKey(name)) {
            errors.duplicate(at.child("name"), new JsonString(name));
          }
          if (errors.size() == before) {
            valid.put(name, volume);
          }
          String claim = volume.string("persistentVolumeClaim", "claimName");
          if (made.contains(claim)) {
            errors.invalid(
                at.child("persistentVolumeClaim").child("claimName"),
                claim,
                "must not reference a PVC that gets created for an ephemeral volume");
          }
        });
    return ImmutableMap.copyOf(valid);
  }

  private void validateVolume(JsonObject volume, FieldPath path) {
    int sources = 0;
    VolumeSourceValidation validation = new VolumeSourceValidation(isPod, errors);
    for (String source : SOURCES) {
      if (!volume.has(source)) {
        continue;
      }
      if (sources > 0) {
        String called =
            source.equals("downwardAPI")
                ? "downwarAPI"
                : source.equals("cephfs") ? "cephFS" : source;
        errors.forbidden(path.child(called), "may not specify more than 1 volume type");
      } else {
        sources++;
        validation.validate(source, volume.object(source), path.child(source));
        validateGeneratedName(volume, path);
      }
    }
    if (sources == 0) {
      errors.required(path, "must specify a volume type");
    }
    String name = volume.string("name");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    } else {
      errors.invalid(path.child("name"), name, Names.dns1123Label(name));
    }
  }

  private void validateGeneratedName(JsonObject volume, FieldPath path) {
    String name = volume.string("name");
    if (volume.has("ephemeral") && !podName.isEmpty() && !name.isEmpty()) {
      String claim = podName + "-" + name;
      Names.dns1123Subdomain(claim)
          .forEach(
              wrong ->
                  errors.invalid(
                      path.child("name"),
                      name,
                      "PVC name " + FieldErrors.quote(claim) + ": " + wrong));
    }
  }
}
