package dev.drydock.cluster.controller.job;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a job does about a pod that failed, by the first of its rules that matches. Models
/// pkg/controller/job/pod_failure_policy.go.
final class PodFailurePolicy {
  private PodFailurePolicy() {}

  /// What is to be done, and why.
  ///
  /// @param action `FailJob`, `FailIndex`, `Ignore` or `Count`
  record Match(String action, String message) {}

  static Optional<Match> match(JsonObject job, JsonObject pod) {
    List<JsonObject> rules = job.array("spec", "podFailurePolicy", "rules").objects().toList();
    for (int i = 0; i < rules.size(); i++) {
      JsonObject rule = rules.get(i);
      Optional<String> cause =
          rule.has("onExitCodes")
              ? exitCode(rule.object("onExitCodes"), pod)
              : condition(rule.array("onPodConditions"), pod);
      if (cause.isPresent()) {
        String action = rule.string("action");
        return Optional.of(
            new Match(action, "%s matching %s rule at index %d".formatted(cause.get(), action, i)));
      }
    }
    return Optional.empty();
  }

  private static String full(JsonObject pod) {
    return ObjectMeta.namespace(pod) + "/" + ObjectMeta.name(pod);
  }

  private static Optional<String> exitCode(JsonObject requirement, JsonObject pod) {
    String only = requirement.string("containerName");
    return Stream.of("containerStatuses", "initContainerStatuses")
        .flatMap(list -> pod.array("status", list).objects())
        .filter(status -> only.isEmpty() || only.equals(status.string("name")))
        .filter(status -> matches(requirement, status))
        .map(
            status ->
                "Container %s for pod %s failed with exit code %d"
                    .formatted(
                        status.string("name"),
                        full(pod),
                        status.integer(0, "state", "terminated", "exitCode")))
        .findFirst();
  }

  private static boolean matches(JsonObject requirement, JsonObject status) {
    long code = status.integer(0, "state", "terminated", "exitCode");
    boolean listed =
        requirement.array("values").items().stream().anyMatch(value -> value.equals(Json.of(code)));
    return code != 0 && listed == requirement.string("operator").equals("In");
  }

  private static Optional<String> condition(JsonArray patterns, JsonObject pod) {
    return patterns
        .objects()
        .filter(
            pattern ->
                pod.array("status", "conditions")
                    .objects()
                    .anyMatch(
                        c ->
                            c.string("type").equals(pattern.string("type"))
                                && c.string("status")
                                    .equals(pattern.optionalString("status").orElse("True"))))
        .map(pattern -> "Pod %s has condition %s".formatted(full(pod), pattern.string("type")))
        .findFirst();
  }
}
