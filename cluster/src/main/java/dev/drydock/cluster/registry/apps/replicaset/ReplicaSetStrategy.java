package dev.drydock.cluster.registry.apps.replicaset;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.workload.ReplicaStatus;
import dev.drydock.cluster.registry.workload.Templates;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;
import java.util.List;

/// The rules of replica sets. Models pkg/registry/apps/replicaset.
public final class ReplicaSetStrategy implements WorkloadStrategy {
  private static final FieldPath SPEC = FieldPath.of("spec");

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(
        object,
        "spec",
        spec -> PodDefaults.template(Defaulting.pointer(spec, "replicas", Json.of(1)), "template"));
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return WorkloadStrategy.super
        .prepareForCreate(object, context)
        .with("status", JsonObject.of("replicas", Json.of(0)));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JsonObject spec = object.object("spec");
    Numbers.nonNegative(spec, "replicas", SPEC, errors);
    Numbers.nonNegative(spec, "minReadySeconds", SPEC, errors);
    LabelSelectorValidation.validateNonEmpty(
        spec, SPEC.child("selector"), "empty selector is invalid for deployment", errors);
    Templates.validate(spec, SPEC, "ReplicaSet", errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    Templates.immutable(object.object("spec"), old.object("spec"), "selector", SPEC, errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    ReplicaStatus.validate(
        object, List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"), errors);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of(
        "status.replicas", String.valueOf(object.integer(0, "status", "replicas")));
  }
}
