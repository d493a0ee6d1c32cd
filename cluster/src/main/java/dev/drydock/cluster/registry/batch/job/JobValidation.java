package dev.drydock.cluster.registry.batch.job;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.core.pod.PodTemplateValidation;
import dev.drydock.cluster.registry.workload.Templates;

/// Checks jobs, and the job templates of cron jobs. Models ValidateJob in
/// pkg/apis/batch/validation.
public final class JobValidation {
  static final FieldPath SPEC = FieldPath.of("spec");

  private static final ImmutableList<String> MODES = ImmutableList.of("NonIndexed", "Indexed");
  private static final ImmutableList<String> NUMBERS =
      ImmutableList.of(
          "parallelism",
          "completions",
          "activeDeadlineSeconds",
          "backoffLimit",
          "ttlSecondsAfterFinished",
          "backoffLimitPerIndex",
          "maxFailedIndexes");
  private static final long INDEXED_MAX = 100_000;

  private JobValidation() {}

  static void validate(JsonObject job, FieldErrors errors) {
    JsonObject spec = job.object("spec");
    GeneratedSelector.validate(job, errors);
    validateSpec(spec, SPEC, errors);
    if (spec.has("selector")) {
      LabelSelectorValidation.validate(spec.object("selector"), SPEC.child("selector"), errors);
    } else {
      errors.required(SPEC.child("selector"), "");
    }
    Templates.validateLabels(spec, SPEC.child("template"), errors);
    validateHostname(job, errors);
  }

  /// The pods of an indexed job have its name and their index as hostname.
  private static void validateHostname(JsonObject job, FieldErrors errors) {
    long completions = job.integer(0, "spec", "completions");
    String name = ObjectMeta.name(job);
    String last = name + "-" + (completions - 1);
    if (isIndexed(job.object("spec")) && completions > 0 && !Names.dns1123Label(last).isEmpty()) {
      errors.invalid(
          FieldPath.of("metadata").child("name"),
          name,
          "will not able to create pod with invalid DNS label: " + last);
    }
  }

  static boolean isIndexed(JsonObject spec) {
    return spec.string("completionMode").equals("Indexed");
  }

  /// What also holds for the spec in a job template.
  public static void validateSpec(JsonObject spec, FieldPath path, FieldErrors errors) {
    NUMBERS.forEach(field -> Numbers.nonNegative(spec, field, path, errors));
    if (spec.has("maxFailedIndexes") && !spec.has("backoffLimitPerIndex")) {
      errors.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified");
    }
    Choices.optional(spec, "completionMode", path.child("completionMode"), MODES, errors);
    if (isIndexed(spec)) {
      validateIndexed(spec, path, errors);
    } else {
      for (String field : new String[] {"backoffLimitPerIndex", "maxFailedIndexes"}) {
        if (spec.has(field)) {
          errors.invalid(
              path.child(field), spec.integer(0, field), "requires indexed completion mode");
        }
      }
    }
    if (spec.has("podFailurePolicy")) {
      PodFailurePolicyValidation.validate(spec, path.child("podFailurePolicy"), errors);
    }
    if (spec.has("successPolicy")) {
      SuccessPolicyValidation.validate(spec, path.child("successPolicy"), errors);
    }
    Choices.optional(
        spec,
        "podReplacementPolicy",
        path.child("podReplacementPolicy"),
        spec.has("podFailurePolicy")
            ? ImmutableList.of("Failed")
            : ImmutableList.of("Failed", "TerminatingOrFailed"),
        errors);
    PodTemplateValidation.validate(spec.object("template"), path.child("template"), errors);
    validateRestartPolicy(spec, path, errors);
  }

  private static void validateIndexed(JsonObject spec, FieldPath path, FieldErrors errors) {
    if (!spec.has("completions")) {
      errors.required(path.child("completions"), "when completion mode is Indexed");
    }
    long parallelism = spec.integer(0, "parallelism");
    if (parallelism > INDEXED_MAX) {
      errors.invalid(
          path.child("parallelism"),
          parallelism,
          "must be less than or equal to " + INDEXED_MAX + " when completion mode is Indexed");
    }
    long failed = spec.integer(0, "maxFailedIndexes");
    if (failed > spec.integer(Long.MAX_VALUE, "completions")) {
      errors.invalid(
          path.child("maxFailedIndexes"), failed, "must be less than or equal to completions");
    }
    if (failed > INDEXED_MAX) {
      errors.invalid(
          path.child("maxFailedIndexes"), failed, "must be less than or equal to " + INDEXED_MAX);
    }
  }

  /// A job's pods end; the default of other pods is not for them.
  private static void validateRestartPolicy(JsonObject spec, FieldPath path, FieldErrors errors) {
    FieldPath at = path.child("template").child("spec").child("restartPolicy");
    String policy = spec.string("template", "spec", "restartPolicy");
    switch (policy) {
      case "", "Always" -> errors.required(at, "valid values: \"OnFailure\", \"Never\"");
      case "Never" -> {
        // Right for every job.
      }
      case "OnFailure" -> {
        if (spec.has("podFailurePolicy")) {
          errors.invalid(
              at, policy, "only \"Never\" is supported when podFailurePolicy is specified");
        }
      }
      default -> errors.notSupported(at, policy, ImmutableList.of("OnFailure", "Never"));
    }
  }
}
