package dev.drydock.cluster.registry.core.secret;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.core.configmap.ConfigMapStrategy;
import java.util.Base64;
import java.util.Map;

/// Checks secrets: their keys, their size, and what well-known types must hold.
///
/// Models ValidateSecret in pkg/apis/core/validation.
final class SecretValidation {
  private static final FieldPath DATA = FieldPath.of("data");

  private SecretValidation() {}

  static void validate(JsonObject secret, FieldErrors errors) {
    validateKeys(secret, errors);
    JsonObject data = secret.object("data");
    switch (secret.string("type")) {
      case "kubernetes.io/service-account-token" -> {
        String name = "kubernetes.io/service-account.name";
        if (ObjectMeta.annotations(secret).getOrDefault(name, "").isEmpty()) {
          errors.required(FieldPath.of("metadata").child("annotations").key(name), "");
        }
      }
      case "kubernetes.io/dockercfg" -> validateJson(data, ".dockercfg", errors);
      case "kubernetes.io/dockerconfigjson" -> validateJson(data, ".dockerconfigjson", errors);
      case "kubernetes.io/basic-auth" -> {
        if (!data.has("username") && !data.has("password")) {
          errors.required(DATA.key("username"), "");
          errors.required(DATA.key("password"), "");
        }
      }
      case "kubernetes.io/ssh-auth" -> {
        if (data.string("ssh-privatekey").isEmpty()) {
          errors.required(DATA.key("ssh-privatekey"), "");
        }
      }
      case "kubernetes.io/tls" -> {
        for (String key : new String[] {"tls.crt", "tls.key"}) {
          if (!data.has(key)) {
            errors.required(DATA.key(key), "");
          }
        }
      }
      default -> {
        // Other types hold what their users agree on.
      }
    }
  }

  private static void validateKeys(JsonObject secret, FieldErrors errors) {
    long bytes = 0;
    for (Map.Entry<String, Json> entry : secret.object("data").fields().entrySet()) {
      String key = entry.getKey();
      Formats.configMapKey(key).forEach(wrong -> errors.invalid(DATA.key(key), key, wrong));
      bytes += entry.getValue() instanceof JsonString(String text) ? text.length() / 4 * 3 : 0;
    }
    if (bytes > ConfigMapStrategy.DATA_BYTES_MAX) {
      errors.tooLong(DATA, ConfigMapStrategy.DATA_BYTES_MAX);
    }
  }

  private static void validateJson(JsonObject data, String key, FieldErrors errors) {
    if (!data.has(key)) {
      errors.required(DATA.key(key), "");
      return;
    }
    try {
      JsonParser.parse(Base64.getMimeDecoder().decode(data.string(key)));
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      errors.invalid(DATA.key(key), "<secret contents redacted>", String.valueOf(e.getMessage()));
    }
  }
}
