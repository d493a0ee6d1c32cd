package dev.drydock.cluster.registry.apps.statefulset;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.persistentvolumeclaim.ClaimWarnings;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.core.pod.PodWarnings;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.workload.ReplicaStatus;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;
import java.util.List;

/// The rules of stateful sets. Models pkg/registry/apps/statefulset.
public final class StatefulSetStrategy implements WorkloadStrategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", StatefulSetStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.value(given, "podManagementPolicy", "OrderedReady");
    spec = spec.withObject("updateStrategy", StatefulSetStrategy::strategy);
    spec =
        spec.withObject(
            "persistentVolumeClaimRetentionPolicy",
            policy ->
                Defaulting.value(
                    Defaulting.value(policy, "whenDeleted", "Retain"), "whenScaled", "Retain"));
    spec = Defaulting.pointer(spec, "replicas", Json.of(1));
    spec = Defaulting.pointer(spec, "revisionHistoryLimit", Json.of(10));
    spec = Defaulting.each(spec, "volumeClaimTemplates", StatefulSetStrategy::claim);
    return PodDefaults.template(spec, "template");
  }

  private static JsonObject strategy(JsonObject given) {
    JsonObject strategy = Defaulting.value(given, "type", "RollingUpdate");
    return strategy.string("type").equals("RollingUpdate")
        ? strategy.withObject(
            "rollingUpdate", rolling -> Defaulting.pointer(rolling, "partition", Json.of(0)))
        : strategy;
  }

  /// A claim template is shown as the claim it would be.
  private static JsonObject claim(JsonObject given) {
    JsonObject claim = Defaulting.value(given, "apiVersion", "v1");
    claim = Defaulting.value(claim, "kind", "PersistentVolumeClaim");
    claim = claim.withObject("metadata", metadata -> metadata);
    claim =
        claim.withObject(
            "spec",
            spec ->
                Defaulting.within(
                    Defaulting.value(spec, "volumeMode", "Filesystem"),
                    "resources",
                    resources -> Defaulting.within(resources, "requests", Quantities::canonical)));
    return claim.withObject("status", status -> Defaulting.value(status, "phase", "Pending"));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject status = JsonObject.builder().put("replicas", 0).put("availableReplicas", 0).build();
    return WorkloadStrategy.super.prepareForCreate(object, context).with("status", status);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    StatefulSetValidation.validate(object.object("spec"), errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    StatefulSetValidation.validateUpdate(object.object("spec"), old.object("spec"), errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    ReplicaStatus.validate(
        object,
        List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
        errors);
    ReplicaStatus.validateCollisions(object, old, errors);
  }

  /// Its pods' names are labels, so its own must be one.
  @Override
  public ImmutableList<String> validateName(String name) {
    return Names.dns1123Label(name);
  }

  /// Its own name is checked, so nothing is to be said of it.
  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    return specWarnings(object);
  }

  @Override
  public ImmutableList<String> specWarnings(JsonObject object) {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    warnings.addAll(
        PodWarnings.ofTemplate(
            object.object("spec", "template"), FieldPath.of("spec").child("template")));
    Elements.each(
        object.array("spec", "volumeClaimTemplates"),
        FieldPath.of("spec").child("volumeClaimTemplates"),
        (claim, at) -> ClaimWarnings.ofSpec(claim.object("spec"), at, warnings::add));
    return warnings.build();
  }
}
