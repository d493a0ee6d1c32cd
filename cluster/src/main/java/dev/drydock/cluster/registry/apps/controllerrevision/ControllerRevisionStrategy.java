package dev.drydock.cluster.registry.apps.controllerrevision;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.Objects;

/// The rules of controller revisions: what they hold never changes. Models
/// pkg/registry/apps/controllerrevision.
public final class ControllerRevisionStrategy implements Strategy {

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    if (!object.has("data")) {
      errors.required(FieldPath.of("data"), "data is mandatory");
    }
    long revision = object.integer(0, "revision");
    if (revision < 0) {
      errors.invalid(FieldPath.of("revision"), revision, "must be greater than or equal to 0");
    }
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    if (!Objects.equals(object.get("data"), old.get("data"))) {
      errors.invalid(FieldPath.of("data"), object.object("data"), "field is immutable");
    }
  }
}
