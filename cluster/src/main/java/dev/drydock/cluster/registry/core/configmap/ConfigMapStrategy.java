package dev.drydock.cluster.registry.core.configmap;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.rest.Strategy;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The rules of config maps. Models pkg/registry/core/configmap and ValidateConfigMap.
public final class ConfigMapStrategy implements Strategy {
  /// All keys and values of one secret or config map.
  public static final int DATA_BYTES_MAX = 1 << 20;

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject data = object.object("data");
    JsonObject binary = object.object("binaryData");
    long bytes = 0;
    for (Map.Entry<String, Json> entry : data.fields().entrySet()) {
      String key = entry.getKey();
      FieldPath path = FieldPath.of("data").key(key);
      Formats.configMapKey(key).forEach(wrong -> errors.invalid(path, key, wrong));
      if (binary.has(key)) {
        errors.invalid(path, key, "duplicate of key present in binaryData");
      }
      bytes += length(entry.getValue());
    }
    for (Map.Entry<String, Json> entry : binary.fields().entrySet()) {
      String key = entry.getKey();
      FieldPath path = FieldPath.of("binaryData").key(key);
      Formats.configMapKey(key).forEach(wrong -> errors.invalid(path, key, wrong));
      bytes += length(entry.getValue()) / 4 * 3;
    }
    if (bytes > DATA_BYTES_MAX) {
      errors.tooLong(FieldPath.of(""), DATA_BYTES_MAX);
    }
  }

  private static long length(Json value) {
    return value instanceof JsonString(String text)
        ? text.getBytes(StandardCharsets.UTF_8).length
        : 0;
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    if (old.bool("immutable")) {
      if (!object.bool("immutable")) {
        errors.forbidden(FieldPath.of("immutable"), "field is immutable when `immutable` is set");
      }
      for (String field : new String[] {"data", "binaryData"}) {
        if (!object.object(field).equals(old.object(field))) {
          errors.forbidden(FieldPath.of(field), "field is immutable when `immutable` is set");
        }
      }
    }
    validate(object, errors);
  }
}
