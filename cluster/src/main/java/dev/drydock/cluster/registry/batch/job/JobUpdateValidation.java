package dev.drydock.cluster.registry.batch.job;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.workload.Templates;
import java.util.List;

/// Checks what may change in a job. Where its pods may run can be changed as long as it waits to be
/// resumed for the first time.
///
/// Models ValidateJobSpecUpdate in pkg/apis/batch/validation.
final class JobUpdateValidation {
  private JobUpdateValidation() {}

  static void validate(JsonObject job, JsonObject old, FieldErrors errors) {
    JsonObject spec = job.object("spec");
    JsonObject before = old.object("spec");
    validateCompletions(spec, before, errors);
    Templates.immutable(spec, before, "selector", JobValidation.SPEC, errors);
    boolean waits = before.bool("suspend") && old.at("status", "startTime") == null;
    JsonObject compared = waits ? withSchedulingOf(spec, before) : before;
    Templates.immutable(spec, compared, "template", JobValidation.SPEC, errors);
    for (String field :
        List.of(
            "completionMode",
            "podFailurePolicy",
            "backoffLimitPerIndex",
            "managedBy",
            "successPolicy")) {
      Templates.immutable(spec, before, field, JobValidation.SPEC, errors);
    }
  }

  private static void validateCompletions(JsonObject spec, JsonObject before, FieldErrors errors) {
    if (!JobValidation.isIndexed(spec)) {
      Templates.immutable(spec, before, "completions", JobValidation.SPEC, errors);
      return;
    }
    long completions = spec.integer(0, "completions");
    boolean changed = completions != before.integer(0, "completions");
    if (changed && completions != spec.integer(0, "parallelism")) {
      errors.invalid(
          JobValidation.SPEC.child("completions"),
          completions,
          "can only be modified in tandem with spec.parallelism");
    }
  }

  private static JsonObject withSchedulingOf(JsonObject spec, JsonObject before) {
    JsonObject now = spec.object("template");
    return before.withObject(
        "template",
        template -> {
          JsonObject labelled =
              ObjectMeta.change(
                  template,
                  metadata ->
                      Strategy.withFieldOf(
                          Strategy.withFieldOf(metadata, now.object("metadata"), "labels"),
                          now.object("metadata"),
                          "annotations"));
          return labelled.withObject("spec", pod -> withPlacementOf(pod, now.object("spec")));
        });
  }

  private static JsonObject withPlacementOf(JsonObject pod, JsonObject now) {
    JsonObject placed = pod;
    for (String field : List.of("nodeSelector", "tolerations", "schedulingGates")) {
      placed = Strategy.withFieldOf(placed, now, field);
    }
    JsonObject affinity =
        Strategy.withFieldOf(placed.object("affinity"), now.object("affinity"), "nodeAffinity");
    return affinity.isEmpty() ? placed.without("affinity") : placed.with("affinity", affinity);
  }
}
