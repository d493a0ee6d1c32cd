package dev.drydock.cluster.registry.batch.job;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;

/// Checks changes of a job's status: what is counted stays counted, what is over stays over.
///
/// Models ValidateJobStatusUpdate in pkg/apis/batch/validation.
final class JobStatusValidation {
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final FieldPath CONDITIONS = STATUS.child("conditions");

  private JobStatusValidation() {}

  static void validate(JsonObject job, JsonObject old, FieldErrors errors) {
    JsonObject status = job.object("status");
    for (String field : new String[] {"active", "succeeded", "failed", "ready", "terminating"}) {
      Numbers.nonNegative(status, field, STATUS, errors);
    }
    boolean complete = is(status, "Complete");
    if (complete && is(status, "Failed")) {
      errors.invalid(CONDITIONS, "cannot set Complete=True and Failed=true conditions");
    }
    if (status.has("completionTime") && !complete) {
      errors.invalid(
          STATUS.child("completionTime"),
          status.string("completionTime"),
          "cannot set completionTime when there is no Complete=True condition");
    }
    if (complete && !status.has("completionTime")) {
      errors.required(
          STATUS.child("completionTime"), "completionTime is required for Complete jobs");
    }
    boolean finished = complete || is(status, "Failed");
    if (finished && status.integer(0, "active") > 0) {
      errors.invalid(
          STATUS.child("active"),
          status.integer(0, "active"),
          "active>0 is invalid for finished job");
    }
    if (finished && !status.has("startTime")) {
      errors.required(STATUS.child("startTime"), "startTime is required for finished job");
    }
    validateChange(status, old.object("status"), errors);
  }

  private static void validateChange(JsonObject status, JsonObject old, FieldErrors errors) {
    for (String condition : new String[] {"Failed", "Complete", "FailureTarget"}) {
      if (is(old, condition) && !is(status, condition)) {
        errors.invalid(CONDITIONS, "cannot disable the terminal " + condition + "=True condition");
      }
    }
    for (String counter : new String[] {"failed", "succeeded"}) {
      long now = status.integer(0, counter);
      if (now < old.integer(0, counter)) {
        errors.invalid(STATUS.child(counter), now, "cannot decrease the " + counter + " counter");
      }
    }
  }

  private static boolean is(JsonObject status, String type) {
    return status
        .array("conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }
}
