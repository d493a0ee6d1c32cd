package dev.drydock.cluster.registry.storage.csidriver;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.List;
import java.util.Objects;

/// The rules of CSI drivers. Models pkg/registry/storage/csidriver and pkg/apis/storage/validation.
public final class CsiDriverStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> GROUP_POLICIES =
      ImmutableList.of("File", "None", "ReadWriteOnceWithFSType");
  private static final ImmutableList<String> MODES = ImmutableList.of("Ephemeral", "Persistent");

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return object.withObject("spec", CsiDriverStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.pointer(given, "attachRequired", Json.of(true));
    for (String field :
        List.of("podInfoOnMount", "storageCapacity", "requiresRepublish", "seLinuxMount")) {
      spec = Defaulting.pointer(spec, field, Json.of(false));
    }
    spec = Defaulting.pointer(spec, "fsGroupPolicy", Json.of("ReadWriteOnceWithFSType"));
    return spec.array("volumeLifecycleModes").isEmpty()
        ? spec.with("volumeLifecycleModes", JsonArray.ofStrings(List.of("Persistent")))
        : spec;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    Choices.optional(spec, "fsGroupPolicy", SPEC.child("fsGroupPolicy"), GROUP_POLICIES, errors);
    spec.array("volumeLifecycleModes")
        .strings()
        .filter(mode -> !MODES.contains(mode))
        .forEach(mode -> errors.notSupported(SPEC.child("volumeLifecycleModes"), mode, MODES));
  }

  /// Upstream calls the field by a name it does not have.
  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    immutable(object, old, "attachRequired", "attachedRequired", errors);
    immutable(object, old, "volumeLifecycleModes", "volumeLifecycleModes", errors);
  }

  private static void immutable(
      JsonObject object, JsonObject old, String field, String called, FieldErrors errors) {
    Json now = object.at("spec", field);
    if (!Objects.equals(now, old.at("spec", field))) {
      errors.invalid(SPEC.child(called), now == null ? JsonNull.NULL : now, Formats.IMMUTABLE);
    }
  }
}
