package dev.drydock.cluster.registry.batch.cronjob;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.cron.CronFormatException;
import dev.drydock.cluster.apimachinery.cron.CronSchedule;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.batch.job.JobValidation;
import java.time.ZoneId;

/// Checks cron jobs. Models validateCronJobSpec in pkg/apis/batch/validation.
final class CronJobValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> POLICIES =
      ImmutableList.of("Allow", "Forbid", "Replace");

  private CronJobValidation() {}

  /// @param oldSchedule that of the object before; empty for a new one
  static void validate(JsonObject spec, String oldSchedule, FieldErrors errors) {
    String schedule = spec.string("schedule");
    if (schedule.isEmpty()) {
      errors.required(SPEC.child("schedule"), "");
    } else {
      validateSchedule(schedule, oldSchedule, spec.has("timeZone"), errors);
    }
    Numbers.nonNegative(spec, "startingDeadlineSeconds", SPEC, errors);
    if (spec.has("timeZone")) {
      validateZone(spec.string("timeZone"), SPEC.child("timeZone"), errors);
    }
    Choices.required(spec, "concurrencyPolicy", SPEC.child("concurrencyPolicy"), POLICIES, errors);
    JsonObject template = spec.object("jobTemplate", "spec");
    FieldPath path = SPEC.child("jobTemplate").child("spec");
    JobValidation.validateSpec(template, path, errors);
    if (template.has("selector")) {
      errors.invalid(
          path.child("selector"), template.object("selector"), "`selector` will be auto-generated");
    }
    if (template.bool("manualSelector")) {
      errors.notSupported(path.child("manualSelector"), "true", ImmutableList.of("nil", "false"));
    }
    Numbers.nonNegative(spec, "successfulJobsHistoryLimit", SPEC, errors);
    Numbers.nonNegative(spec, "failedJobsHistoryLimit", SPEC, errors);
  }

  private static void validateSchedule(
      String schedule, String oldSchedule, boolean zoned, FieldErrors errors) {
    FieldPath path = SPEC.child("schedule");
    try {
      CronSchedule _ = CronSchedule.parse(schedule);
    } catch (CronFormatException e) {
      errors.invalid(path, schedule, e.text());
    }
    if (!schedule.contains("TZ")) {
      return;
    }
    if (!oldSchedule.contains("TZ")) {
      errors.invalid(
          path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
    } else if (zoned) {
      errors.invalid(
          path, schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule");
    }
  }

  private static void validateZone(String zone, FieldPath path, FieldErrors errors) {
    if (zone.isEmpty()) {
      errors.invalid(path, zone, "timeZone must be nil or non-empty string");
    } else if (zone.equalsIgnoreCase("Local")) {
      errors.invalid(
          path,
          zone,
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
    } else if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      errors.invalid(path, zone, "unknown time zone " + zone);
    }
  }
}
