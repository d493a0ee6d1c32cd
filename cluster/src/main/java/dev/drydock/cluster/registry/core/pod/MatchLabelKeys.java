package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.registry.rest.Defaulting;
import java.util.List;
import java.util.Map;

/// Writes what `matchLabelKeys` and `mismatchLabelKeys` mean for a pod into its label selectors.
///
/// Models mutatePodAffinity and mutateTopologySpreadConstraints in
/// pkg/registry/core/pod/strategy.go.
final class MatchLabelKeys {
  private MatchLabelKeys() {}

  static JsonObject merged(JsonObject pod) {
    Map<String, String> labels = ObjectMeta.labels(pod);
    return Defaulting.within(
        pod,
        "spec",
        spec ->
            Defaulting.each(
                Defaulting.within(spec, "affinity", affinity -> affinity(affinity, labels)),
                "topologySpreadConstraints",
                constraint -> term(constraint, labels)));
  }

  private static JsonObject affinity(JsonObject affinity, Map<String, String> labels) {
    JsonObject merged = affinity;
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      merged = Defaulting.within(merged, kind, terms -> terms(terms, labels));
    }
    return merged;
  }

  private static JsonObject terms(JsonObject terms, Map<String, String> labels) {
    return Defaulting.each(
        Defaulting.each(
            terms,
            "preferredDuringSchedulingIgnoredDuringExecution",
            weighted -> Defaulting.within(weighted, "podAffinityTerm", term -> term(term, labels))),
        "requiredDuringSchedulingIgnoredDuringExecution",
        term -> term(term, labels));
  }

  private static JsonObject term(JsonObject term, Map<String, String> labels) {
    return Defaulting.within(
        term,
        "labelSelector",
        selector ->
            with(
                with(selector, term.array("matchLabelKeys"), "In", labels),
                term.array("mismatchLabelKeys"),
                "NotIn",
                labels));
  }

  private static JsonObject with(
      JsonObject selector, JsonArray keys, String operator, Map<String, String> labels) {
    JsonArray expressions = selector.array("matchExpressions");
    for (String key : keys.strings().filter(labels::containsKey).toList()) {
      String value = labels.getOrDefault(key, "");
      expressions =
          expressions.plus(
              JsonObject.builder()
                  .put("key", key)
                  .put("operator", operator)
                  .put("values", JsonArray.of(Json.of(value)))
                  .build());
    }
    return expressions.isEmpty() ? selector : selector.with("matchExpressions", expressions);
  }
}
