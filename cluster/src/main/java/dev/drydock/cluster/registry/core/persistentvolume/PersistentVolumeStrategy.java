package dev.drydock.cluster.registry.core.persistentvolume;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.core.resource.NodeLabels;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of persistent volumes. Models pkg/registry/core/persistentvolume.
public final class PersistentVolumeStrategy implements Strategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    JsonObject set = Defaulting.within(object, "spec", PersistentVolumeStrategy::spec);
    return set.withObject("status", status -> Defaulting.value(status, "phase", "Pending"));
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.value(given, "persistentVolumeReclaimPolicy", "Retain");
    spec = Defaulting.value(spec, "volumeMode", "Filesystem");
    spec = Defaulting.within(spec, "capacity", Quantities::canonical);
    return Defaulting.within(
        spec, "hostPath", source -> Defaulting.pointer(source, "type", Json.of("")));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return object.with("status", JsonObject.of("phase", Json.of("Pending")));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    PersistentVolumeValidation.validate(object.object("spec"), errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    PersistentVolumeValidation.validateUpdate(object.object("spec"), old.object("spec"), errors);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of("name", ObjectMeta.name(object));
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    if (ObjectMeta.annotations(object).containsKey("volume.beta.kubernetes.io/storage-class")) {
      warnings.add(
          "metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use"
              + " \"storageClassName\" attribute instead");
    }
    JsonObject spec = object.object("spec");
    if (spec.string("persistentVolumeReclaimPolicy").equals("Recycle")) {
      warnings.add(
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead,"
              + " the recommended approach is to use dynamic provisioning.");
    }
    Elements.each(
        spec.array("nodeAffinity", "required", "nodeSelectorTerms"),
        new FieldPath("spec.nodeAffinity.required.nodeSelectorTerms"),
        (term, path) -> NodeLabels.warnOfTerm(term, false, path, warnings::add));
    return warnings.build();
  }
}
