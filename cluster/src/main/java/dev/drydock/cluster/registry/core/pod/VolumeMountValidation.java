package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.HashSet;
import java.util.Set;

/// Checks where a container mounts the volumes of its pod.
///
/// Models ValidateVolumeMounts and ValidateVolumeDevices in pkg/apis/core/validation.
final class VolumeMountValidation {
  private static final ImmutableList<String> PROPAGATIONS =
      ImmutableList.of("Bidirectional", "HostToContainer", "None");
  private static final ImmutableList<String> READ_ONLY =
      ImmutableList.of("Disabled", "Enabled", "IfPossible");

  private final JsonObject container;
  private final ImmutableMap<String, JsonObject> volumes;
  private final FieldErrors errors;

  VolumeMountValidation(
      JsonObject container, ImmutableMap<String, JsonObject> volumes, FieldErrors errors) {
    this.container = container;
    this.volumes = volumes;
    this.errors = errors;
  }

  void validate(FieldPath path) {
    Set<String> mountPaths = new HashSet<>();
    FieldPath mounts = path.child("volumeMounts");
    Elements.each(
        container.array("volumeMounts"),
        mounts,
        (mount, at) -> validateMount(mount, mountPaths, at, mounts));
    Set<String> names = new HashSet<>();
    Set<String> devicePaths = new HashSet<>();
    Elements.each(
        container.array("volumeDevices"),
        path.child("volumeDevices"),
        (device, at) -> validateDevice(device, names, devicePaths, at));
  }

  private boolean uses(String list, String field, String value) {
    return container.array(list).objects().anyMatch(one -> one.string(field).equals(value));
  }

  private void validateMount(
      JsonObject mount, Set<String> mountPaths, FieldPath path, FieldPath list) {
    String name = mount.string("name");
    String mountPath = mount.string("mountPath");
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    }
    if (!volumes.containsKey(name)) {
      errors.notFound(path.child("name"), new JsonString(name));
    }
    if (mountPath.isEmpty()) {
      errors.required(path.child("mountPath"), "");
    }
    if (!mountPaths.add(mountPath)) {
      errors.invalid(path.child("mountPath"), mountPath, "must be unique");
    }
    if (uses("volumeDevices", "name", name)) {
      errors.invalid(path.child("name"), name, "must not already exist in volumeDevices");
    }
    if (uses("volumeDevices", "devicePath", mountPath)) {
      errors.invalid(
          path.child("mountPath"), mountPath, "must not already exist as a path in volumeDevices");
    }
    validateSubPaths(mount, list);
    validatePropagation(mount, list.child("mountPropagation"));
    validateReadOnly(mount, list.child("recursiveReadOnly"));
  }

  /// Upstream names the list where it should name the mount.
  private void validateSubPaths(JsonObject mount, FieldPath list) {
    String subPath = mount.string("subPath");
    String expression = mount.string("subPathExpr");
    if (!subPath.isEmpty()) {
      FilePaths.validateLocalDescending(subPath, list.child("subPath"), errors);
    }
    if (!expression.isEmpty()) {
      if (!subPath.isEmpty()) {
        errors.invalid(
            list.child("subPathExpr"),
            expression,
            "subPathExpr and subPath are mutually exclusive");
      }
      FilePaths.validateLocalDescending(expression, list.child("subPathExpr"), errors);
    }
  }

  private void validatePropagation(JsonObject mount, FieldPath path) {
    String propagation = mount.string("mountPropagation");
    if (propagation.isEmpty()) {
      return;
    }
    if (!PROPAGATIONS.contains(propagation)) {
      errors.notSupported(path, propagation, PROPAGATIONS);
    }
    if (propagation.equals("Bidirectional") && !container.bool("securityContext", "privileged")) {
      errors.forbidden(
          path, "Bidirectional mount propagation is available only to privileged containers");
    }
  }

  private void validateReadOnly(JsonObject mount, FieldPath path) {
    String recursive = mount.string("recursiveReadOnly");
    if (recursive.isEmpty() || recursive.equals("Disabled")) {
      return;
    }
    if (!READ_ONLY.contains(recursive)) {
      errors.notSupported(path, recursive, READ_ONLY);
      return;
    }
    if (!mount.bool("readOnly")) {
      errors.forbidden(path, "may only be specified when readOnly is true");
    }
    String propagation = mount.string("mountPropagation");
    if (!propagation.isEmpty() && !propagation.equals("None")) {
      errors.forbidden(
          path, "may only be specified when mountPropagation is None or not specified");
    }
  }

  private void validateDevice(
      JsonObject device, Set<String> names, Set<String> devicePaths, FieldPath path) {
    String name = device.string("name");
    String devicePath = device.string("devicePath");
    JsonObject volume = volumes.get(name);
    if (name.isEmpty()) {
      errors.required(path.child("name"), "");
    }
    if (names.contains(name)) {
      errors.invalid(path.child("name"), name, "must be unique");
    }
    if (volume == null) {
      errors.notFound(path.child("name"), new JsonString(name));
    } else if (!volume.has("persistentVolumeClaim") && !volume.has("ephemeral")) {
      errors.invalid(
          path.child("name"),
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
    if (devicePath.isEmpty()) {
      errors.required(path.child("devicePath"), "");
    }
    if (devicePaths.contains(devicePath)) {
      errors.invalid(path.child("devicePath"), devicePath, "must be unique");
    }
    if (FilePaths.hasBacksteps(devicePath)) {
      errors.invalid(path.child("devicePath"), devicePath, "can not contain backsteps ('..')");
    } else {
      devicePaths.add(devicePath);
    }
    if (uses("volumeMounts", "name", name)) {
      errors.invalid(path.child("name"), name, "must not already exist in volumeMounts");
    }
    if (uses("volumeMounts", "mountPath", devicePath)) {
      errors.invalid(
          path.child("devicePath"), devicePath, "must not already exist as a path in volumeMounts");
    }
    if (!name.isEmpty()) {
      names.add(name);
    }
  }
}
