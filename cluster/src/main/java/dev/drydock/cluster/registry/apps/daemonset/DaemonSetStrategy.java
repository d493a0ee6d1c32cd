package dev.drydock.cluster.registry.apps.daemonset;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.workload.ReplicaStatus;
import dev.drydock.cluster.registry.workload.Templates;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;

/// The rules of daemon sets. The generation of the template, once a field, lives on as an
/// annotation.
///
/// Models pkg/registry/apps/daemonset.
public final class DaemonSetStrategy implements WorkloadStrategy {
  private static final String TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";
  private static final FieldPath STATUS = FieldPath.of("status");

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", DaemonSetStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = given.withObject("updateStrategy", DaemonSetStrategy::strategy);
    spec = Defaulting.pointer(spec, "revisionHistoryLimit", Json.of(10));
    return PodDefaults.template(spec, "template");
  }

  private static JsonObject strategy(JsonObject given) {
    JsonObject strategy = Defaulting.value(given, "type", "RollingUpdate");
    return strategy.string("type").equals("RollingUpdate")
        ? strategy.withObject(
            "rollingUpdate",
            rolling ->
                Defaulting.pointer(
                    Defaulting.pointer(rolling, "maxUnavailable", Json.of(1)),
                    "maxSurge",
                    Json.of(0)))
        : strategy;
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject status =
        JsonObject.builder()
            .put("currentNumberScheduled", 0)
            .put("numberMisscheduled", 0)
            .put("desiredNumberScheduled", 0)
            .put("numberReady", 0)
            .build();
    JsonObject prepared = WorkloadStrategy.super.prepareForCreate(object, context);
    return withTemplateGeneration(prepared, 1).with("status", status);
  }

  private static JsonObject withTemplateGeneration(JsonObject object, long generation) {
    return object.withAt(
        Json.of(String.valueOf(generation)), "metadata", "annotations", TEMPLATE_GENERATION);
  }

  @Override
  public JsonObject prepareForUpdate(JsonObject object, JsonObject old) {
    boolean changed = !object.object("spec", "template").equals(old.object("spec", "template"));
    return withTemplateGeneration(
        WorkloadStrategy.super.prepareForUpdate(object, old),
        templateGeneration(old) + (changed ? 1 : 0));
  }

  private static long templateGeneration(JsonObject object) {
    String text = ObjectMeta.annotations(object).getOrDefault(TEMPLATE_GENERATION, "");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 1;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    DaemonSetValidation.validate(object.object("spec"), errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    Templates.immutable(
        object.object("spec"), old.object("spec"), "selector", DaemonSetValidation.SPEC, errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    JsonObject status = object.object("status");
    for (String field :
        new String[] {
          "currentNumberScheduled",
          "numberMisscheduled",
          "desiredNumberScheduled",
          "numberReady",
          "observedGeneration",
          "updatedNumberScheduled",
          "numberAvailable",
          "numberUnavailable"
        }) {
      Numbers.nonNegative(status, field, STATUS, errors);
    }
    ReplicaStatus.validateCollisions(object, old, errors);
  }
}
