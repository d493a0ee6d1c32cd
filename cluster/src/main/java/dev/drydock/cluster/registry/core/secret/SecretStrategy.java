package dev.drydock.cluster.registry.core.secret;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/// The rules of secrets: `stringData` is written into `data` and never stored itself.
///
/// Models pkg/registry/core/secret.
public final class SecretStrategy implements Strategy {

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    JsonObject secret = Defaulting.value(object, "type", "Opaque");
    if (!secret.has("stringData")) {
      return secret;
    }
    JsonObject.Builder data = secret.object("data").toBuilder();
    secret
        .strings("stringData")
        .forEach(
            (key, text) ->
                data.put(
                    key,
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return secret.without("stringData").with("data", data.build());
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return object;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    SecretValidation.validate(object, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    String type = object.string("type");
    if (!type.equals(old.string("type"))) {
      errors.invalid(FieldPath.of("type"), type, "field is immutable");
    }
    if (old.bool("immutable")) {
      if (!object.bool("immutable")) {
        errors.forbidden(FieldPath.of("immutable"), "field is immutable when `immutable` is set");
      }
      if (!Objects.equals(object.object("data"), old.object("data"))) {
        errors.forbidden(FieldPath.of("data"), "field is immutable when `immutable` is set");
      }
    }
    validate(object, errors);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of("type", object.string("type"));
  }
}
