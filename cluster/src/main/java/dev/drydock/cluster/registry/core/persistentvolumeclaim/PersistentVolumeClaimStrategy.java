package dev.drydock.cluster.registry.core.persistentvolumeclaim;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.UnifiedDiff;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;
import java.util.Objects;

/// The rules of claims: their spec stays as it was made, but a bound one may ask for more.
///
/// Models pkg/registry/core/persistentvolumeclaim and ValidatePersistentVolumeClaimUpdate.
public final class PersistentVolumeClaimStrategy implements Strategy {
  private static final FieldPath SPEC = FieldPath.of("spec");

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    JsonObject set = Defaulting.within(object, "spec", PersistentVolumeClaimStrategy::spec);
    return set.withObject("status", status -> Defaulting.value(status, "phase", "Pending"));
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.value(given, "volumeMode", "Filesystem");
    spec = withSameSources(spec);
    return Defaulting.within(
        spec,
        "resources",
        resources -> Defaulting.within(resources, "requests", Quantities::canonical));
  }

  /// The old field for a source and the new one say the same. Models NormalizeDataSources.
  private static JsonObject withSameSources(JsonObject spec) {
    JsonObject source = spec.object("dataSource");
    JsonObject reference = spec.object("dataSourceRef");
    if (!source.isEmpty() && reference.isEmpty()) {
      return spec.with("dataSourceRef", source);
    }
    return source.isEmpty() && !reference.isEmpty() && !reference.has("namespace")
        ? spec.with("dataSource", reference)
        : spec;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return object.with("status", JsonObject.of("phase", Json.of("Pending")));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    ClaimSpecValidation.validate(object.object("spec"), SPEC, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    JsonObject now = object.object("spec");
    JsonObject before = old.object("spec");
    if (before.string("volumeName").isEmpty()) {
      before = Strategy.withFieldOf(before, now, "volumeName");
    }
    if (!before.has("storageClassName") && now.has("storageClassName")) {
      before = Strategy.withFieldOf(before, now, "storageClassName");
    }
    JsonObject munged = object.string("status", "phase").equals("Bound") ? bound(now, before) : now;
    if (!munged.equals(before)) {
      errors.forbidden(
          SPEC,
          "spec is immutable after creation except resources.requests and"
              + " volumeAttributesClassName for bound claims\n"
              + UnifiedDiff.of(
                  InternalTypes.of("PersistentVolumeClaimSpec", before),
                  InternalTypes.of("PersistentVolumeClaimSpec", munged)));
    }
    validateSize(now, old, errors);
    if (!Objects.equals(now.get("volumeMode"), before.get("volumeMode"))) {
      errors.invalid(FieldPath.of("volumeMode"), now.string("volumeMode"), "field is immutable");
    }
  }

  private static JsonObject bound(JsonObject now, JsonObject before) {
    JsonObject munged = now;
    Json storage = before.at("resources", "requests", "storage");
    if (storage != null && now.at("resources", "requests") != null) {
      munged = munged.withAt(storage, "resources", "requests", "storage");
    }
    return munged.has("volumeAttributesClassName")
        ? Strategy.withFieldOf(munged, before, "volumeAttributesClassName")
        : munged;
  }

  /// A claim may shrink back to what its volume has, after an expansion that failed.
  private static void validateSize(JsonObject now, JsonObject old, FieldErrors errors) {
    Quantity wanted = Quantities.at(now, "resources", "requests", "storage");
    Quantity had = Quantities.at(old, "spec", "resources", "requests", "storage");
    Quantity capacity = Quantities.at(old, "status", "capacity", "storage");
    if (wanted.compareTo(had) < 0 && wanted.compareTo(capacity) <= 0) {
      errors.forbidden(
          SPEC.child("resources").child("requests").child("storage"),
          "field can not be less than status.capacity");
    }
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    JsonObject capacity = object.object("status", "capacity");
    for (String name : capacity.fields().keySet()) {
      Quantity amount = Quantities.at(capacity, name);
      if (amount.sign() < 0) {
        errors.invalid(
            FieldPath.of("status").child("capacity").key(name),
            amount.value(),
            "must be a valid resource quantity");
      }
    }
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    if (ObjectMeta.annotations(object).containsKey("volume.beta.kubernetes.io/storage-class")) {
      warnings.add(
          "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
              + " \"storageClassName\" attribute instead");
    }
    ClaimWarnings.ofSpec(object.object("spec"), SPEC, warnings::add);
    return warnings.build();
  }
}
