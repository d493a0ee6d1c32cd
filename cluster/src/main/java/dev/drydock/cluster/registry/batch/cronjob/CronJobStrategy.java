package dev.drydock.cluster.registry.batch.cronjob;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.registry.batch.job.JobDefaults;
import dev.drydock.cluster.registry.core.pod.PodWarnings;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.workload.WorkloadStrategy;

/// The rules of cron jobs. Models pkg/registry/batch/cronjob.
public final class CronJobStrategy implements WorkloadStrategy {
  /// A job's name has this and a timestamp of 11 characters.
  private static final int NAME_MAX = 52;

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", CronJobStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.value(given, "concurrencyPolicy", "Allow");
    spec = Defaulting.pointer(spec, "suspend", Json.of(false));
    spec = Defaulting.pointer(spec, "successfulJobsHistoryLimit", Json.of(3));
    spec = Defaulting.pointer(spec, "failedJobsHistoryLimit", Json.of(1));
    return Defaulting.within(
        spec,
        "jobTemplate",
        template ->
            Defaulting.within(
                Defaulting.pointer(template, "metadata", JsonObject.EMPTY),
                "spec",
                JobDefaults::template));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    CronJobValidation.validate(object.object("spec"), "", errors);
    String name = ObjectMeta.name(object);
    if (name.length() > NAME_MAX) {
      errors.invalid(
          FieldPath.of("metadata").child("name"),
          name,
          "must be no more than " + NAME_MAX + " characters");
    }
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    CronJobValidation.validate(object.object("spec"), old.string("spec", "schedule"), errors);
  }

  @Override
  public ImmutableList<String> specWarnings(JsonObject object) {
    return PodWarnings.ofTemplate(
        object.object("spec", "jobTemplate", "spec", "template"),
        FieldPath.of("spec").child("jobTemplate").child("spec").child("template"));
  }
}
