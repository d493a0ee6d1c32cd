package dev.drydock.cluster.registry.batch.job;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.core.pod.PodDefaults;
import dev.drydock.cluster.registry.rest.Defaulting;

/// What a job gets that its manifest leaves out. Models pkg/apis/batch/v1/defaults.go.
public final class JobDefaults {
  private static final long BACKOFF_LIMIT = 6;

  private JobDefaults() {}

  static JsonObject spec(JsonObject given) {
    JsonObject spec = given;
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec = spec.with("completions", Json.of(1));
    }
    spec = Defaulting.pointer(spec, "parallelism", Json.of(1));
    long limit = spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : BACKOFF_LIMIT;
    spec = Defaulting.pointer(spec, "backoffLimit", Json.of(limit));
    spec = Defaulting.value(spec, "completionMode", "NonIndexed");
    spec = Defaulting.pointer(spec, "suspend", Json.of(false));
    spec = Defaulting.pointer(spec, "manualSelector", Json.of(false));
    spec =
        Defaulting.value(
            spec,
            "podReplacementPolicy",
            spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    return template(spec);
  }

  /// What also the job template of a cron job gets.
  public static JsonObject template(JsonObject spec) {
    JsonObject set =
        Defaulting.within(
            spec,
            "podFailurePolicy",
            policy -> Defaulting.each(policy, "rules", JobDefaults::failureRule));
    return PodDefaults.template(set, "template");
  }

  private static JsonObject failureRule(JsonObject rule) {
    return Defaulting.each(
        rule, "onPodConditions", pattern -> Defaulting.value(pattern, "status", "True"));
  }
}
