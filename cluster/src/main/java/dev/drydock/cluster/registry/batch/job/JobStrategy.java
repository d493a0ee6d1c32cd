package dev.drydock.cluster.registry.batch.job;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.StrategyContext;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;

/// The rules of jobs. Models pkg/registry/batch/job.
public final class JobStrategy implements WorkloadStrategy {

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", JobDefaults::spec);
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    return WorkloadStrategy.super.prepareForCreate(GeneratedSelector.withLabels(object), context);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    JobValidation.validate(object, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    JobValidation.validate(object, errors);
    JobUpdateValidation.validate(object, old, errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    JobStatusValidation.validate(object, old, errors);
  }

  @Override
  public boolean orphansByDefault() {
    return true;
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    return ImmutableMap.of(
        "status.successful", String.valueOf(object.integer(0, "status", "succeeded")));
  }
}
