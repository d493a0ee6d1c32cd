package dev.drydock.cluster.registry.core.replicationcontroller;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.core.pod.PodTemplateValidation;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.workload.ReplicaStatus;
import dev.drydock.cluster.registry.workload.Templates;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;
import java.util.List;

/// The rules of replication controllers, whose selector is a plain map of labels.
///
/// Models pkg/registry/core/replicationcontroller.
public final class ReplicationControllerStrategy implements WorkloadStrategy {
  private static final FieldPath SPEC = FieldPath.of("spec");

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    JsonObject labels = JsonObject.ofStrings(ObjectMeta.labels(object.object("spec", "template")));
    JsonObject set = Defaulting.within(object, "spec", spec -> spec(spec, labels));
    return ObjectMeta.labels(object).isEmpty() && !labels.isEmpty()
        ? ObjectMeta.with(set, "labels", labels)
        : set;
  }

  private static JsonObject spec(JsonObject given, JsonObject labels) {
    JsonObject spec = Defaulting.pointer(given, "replicas", Json.of(1));
    if (spec.object("selector").isEmpty() && !labels.isEmpty()) {
      spec = spec.with("selector", labels);
    }
    return PodDefaults.template(spec, "template");
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
    FieldPath path = SPEC.child("template");
    Numbers.nonNegative(spec, "minReadySeconds", SPEC, errors);
    if (spec.object("selector").isEmpty()) {
      errors.required(SPEC.child("selector"), "");
    }
    Numbers.nonNegative(spec, "replicas", SPEC, errors);
    if (!spec.has("template")) {
      errors.required(path, "");
      return;
    }
    JsonObject template = spec.object("template");
    ImmutableMap<String, String> labels = ObjectMeta.labels(template);
    if (!labels.entrySet().containsAll(spec.strings("selector").entrySet())) {
      errors.invalid(
          path.child("metadata").child("labels"),
          JsonObject.ofStrings(labels),
          "`selector` does not match template `labels`");
    }
    PodTemplateValidation.validate(template, path, errors);
    Templates.validateRunsForever(template, path, "ReplicationController", errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    ReplicaStatus.validate(
        object, List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas"), errors);
  }

  @Override
  public boolean orphansByDefault() {
    return true;
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of(
        "status.replicas", String.valueOf(object.integer(0, "status", "replicas")));
  }
}
