package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;

/// Checks the environment of a container. Models ValidateEnv and ValidateEnvFrom in
/// pkg/apis/core/validation.
final class EnvironmentValidation {
  private static final ImmutableList<String> SOURCES =
      ImmutableList.of(
          "fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef");

  private EnvironmentValidation() {}

  static void validate(
      JsonObject container,
      ImmutableMap<String, JsonObject> volumes,
      FieldPath path,
      FieldErrors errors) {
    Elements.each(
        container.array("env"),
        path.child("env"),
        (variable, at) -> {
          String name = variable.string("name");
          if (name.isEmpty()) {
            errors.required(at.child("name"), "");
          } else {
            errors.invalid(at.child("name"), name, Formats.environmentName(name));
          }
          if (variable.has("valueFrom")) {
            validateSource(variable, volumes, at.child("valueFrom"), errors);
          }
        });
    FieldPath from = path.child("envFrom");
    Elements.each(
        container.array("envFrom"), from, (source, at) -> validateFrom(source, at, from, errors));
  }

  private static void validateSource(
      JsonObject variable,
      ImmutableMap<String, JsonObject> volumes,
      FieldPath path,
      FieldErrors errors) {
    JsonObject source = variable.object("valueFrom");
    if (source.has("fieldRef")) {
      DownwardApiValidation.validateField(
          source.object("fieldRef"),
          DownwardApiValidation.ENVIRONMENT_FIELDS,
          path.child("fieldRef"),
          errors);
    }
    if (source.has("resourceFieldRef")) {
      DownwardApiValidation.validateResource(
          source.object("resourceFieldRef"), false, path.child("resourceFieldRef"), errors);
    }
    for (String kind : new String[] {"configMapKeyRef", "secretKeyRef"}) {
      if (source.has(kind)) {
        validateKey(source.object(kind), path.child(kind), errors);
      }
    }
    if (source.has("fileKeyRef")) {
      validateFile(source.object("fileKeyRef"), volumes, path.child("fileKeyRef"), errors);
    }
    long sources = SOURCES.stream().filter(source::has).count();
    if (sources == 0) {
      errors.invalid(
          path,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`,"
              + " `secretKeyRef` or `fileKeyRef`");
    } else if (!variable.string("value").isEmpty()) {
      errors.invalid(path, "", "may not be specified when `value` is not empty");
    } else if (sources > 1) {
      errors.invalid(path, "", "may not have more than one field specified at a time");
    }
  }

  private static void validateKey(JsonObject selector, FieldPath path, FieldErrors errors) {
    String name = selector.string("name");
    errors.invalid(path.child("name"), name, Names.dns1123Subdomain(name));
    String key = selector.string("key");
    if (key.isEmpty()) {
      errors.required(path.child("key"), "");
    } else {
      errors.invalid(path.child("key"), key, Formats.configMapKey(key));
    }
  }

  private static void validateFile(
      JsonObject selector,
      ImmutableMap<String, JsonObject> volumes,
      FieldPath path,
      FieldErrors errors) {
    String key = selector.string("key");
    if (key.isEmpty()) {
      errors.required(path.child("key"), "");
    } else {
      errors.invalid(path.child("key"), key, Formats.environmentName(key));
    }
    String volume = selector.string("volumeName");
    if (volume.isEmpty()) {
      errors.required(path.child("volumeName"), "");
    } else if (!volumes.containsKey(volume)) {
      errors.notFound(path.child("volumeName"), new JsonString(volume));
    }
    String file = selector.string("path");
    if (file.isEmpty()) {
      errors.required(path.child("path"), "");
    } else {
      FilePaths.validateLocalNonReserved(file, path.child("path"), errors);
    }
  }

  private static void validateFrom(
      JsonObject source, FieldPath path, FieldPath list, FieldErrors errors) {
    String prefix = source.string("prefix");
    if (!prefix.isEmpty()) {
      errors.invalid(path.child("prefix"), prefix, Formats.environmentName(prefix));
    }
    int sources = 0;
    for (String kind : new String[] {"configMapRef", "secretRef"}) {
      if (source.has(kind)) {
        sources++;
        String name = source.string(kind, "name");
        FieldPath at = path.child(kind).child("name");
        if (name.isEmpty()) {
          errors.required(at, "");
        } else {
          errors.invalid(at, name, Names.dns1123Subdomain(name));
        }
      }
    }
    if (sources == 0) {
      errors.invalid(list, "", "must specify one of: `configMapRef` or `secretRef`");
    } else if (sources > 1) {
      errors.invalid(list, "", "may not have more than one field specified at a time");
    }
  }
}
