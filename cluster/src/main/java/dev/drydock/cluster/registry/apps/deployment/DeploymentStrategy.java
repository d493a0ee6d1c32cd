package dev.drydock.cluster.registry.apps.deployment;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.workload.ReplicaStatus;
import dev.drydock.cluster.registry.workload.Templates;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;
import java.util.List;

/// The rules of deployments. Models pkg/registry/apps/deployment.
public final class DeploymentStrategy implements WorkloadStrategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", DeploymentStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.pointer(given, "replicas", Json.of(1));
    spec = spec.withObject("strategy", DeploymentStrategy::strategy);
    spec = Defaulting.pointer(spec, "revisionHistoryLimit", Json.of(10));
    spec = Defaulting.pointer(spec, "progressDeadlineSeconds", Json.of(600));
    return PodDefaults.template(spec, "template");
  }

  private static JsonObject strategy(JsonObject given) {
    JsonObject strategy = Defaulting.value(given, "type", "RollingUpdate");
    return strategy.string("type").equals("RollingUpdate")
        ? strategy.withObject(
            "rollingUpdate",
            rolling ->
                Defaulting.pointer(
                    Defaulting.pointer(rolling, "maxUnavailable", Json.of("25%")),
                    "maxSurge",
                    Json.of("25%")))
        : strategy;
  }

  /// Annotations, such as the cause of a change, count as a change too.
  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared = WorkloadStrategy.super.prepareForUpdate(object, old);
    long generation = old.integer(1, "metadata", "generation");
    boolean annotated = !ObjectMeta.annotations(object).equals(ObjectMeta.annotations(old));
    return annotated ? ObjectMeta.with(prepared, "generation", Json.of(generation + 1)) : prepared;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    DeploymentValidation.validate(object.object("spec"), errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    Templates.immutable(
        object.object("spec"), old.object("spec"), "selector", DeploymentValidation.SPEC, errors);
  }

  @Override
  public JsonObject prepareForStatusUpdate(JsonObject object, JsonObject old) {
    JsonObject prepared = WorkloadStrategy.super.prepareForStatusUpdate(object, old);
    return ObjectMeta.change(
        prepared, metadata -> Strategy.withFieldOf(metadata, old.object("metadata"), "labels"));
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    ReplicaStatus.validate(
        object, List.of("updatedReplicas", "readyReplicas", "availableReplicas"), errors);
    ReplicaStatus.validateCollisions(object, old, errors);
  }
}
