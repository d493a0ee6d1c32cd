package dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.registry.rest.Conversion;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// An autoscaler of autoscaling/v1 and the one of v2 it is stored as. What v1 has no field for
/// travels in annotations.
///
/// Models pkg/apis/autoscaling/v1/conversion.go.
public final class HorizontalPodAutoscalerConversion implements Conversion {
  private static final String PREFIX = "autoscaling.alpha.kubernetes.io/";
  private static final String METRICS = PREFIX + "metrics";
  private static final String CURRENT = PREFIX + "current-metrics";
  private static final String CONDITIONS = PREFIX + "conditions";
  private static final String BEHAVIOR = PREFIX + "behavior";
  private static final ImmutableList<String> ROUND_TRIP =
      ImmutableList.of(METRICS, CURRENT, CONDITIONS, BEHAVIOR);

  private static final String SPEC_PERCENT = "targetCPUUtilizationPercentage";
  private static final String STATUS_PERCENT = "currentCPUUtilizationPercentage";

  @Override
  public JsonObject fromStored(JsonObject stored) {
    JsonObject spec = stored.object("spec");
    JsonObject status = stored.object("status");
    JsonObject.Builder notes = JsonObject.builder();
    note(notes, METRICS, metrics(spec.array("metrics"), metric -> !isCpuUtilization(metric)));
    note(notes, CURRENT, metrics(status.array("currentMetrics"), _ -> true));
    note(notes, CONDITIONS, status.array("conditions"));
    if (spec.get("behavior") instanceof JsonObject behavior) {
      notes.put(BEHAVIOR, JsonWriter.string(behavior));
    }
    return annotated(stored, notes.build())
        .with("apiVersion", "autoscaling/v1")
        .with(
            "spec",
            percent(
                spec.without("metrics").without("behavior"),
                SPEC_PERCENT,
                cpu(spec.array("metrics")).map(m -> m.at("resource", "target"))))
        .with(
            "status",
            percent(
                status
                    .without("currentMetrics")
                    .without("conditions")
                    .with("currentReplicas", Json.of(status.integer(0, "currentReplicas"))),
                STATUS_PERCENT,
                cpu(status.array("currentMetrics")).map(m -> m.at("resource", "current"))));
  }

  private static void note(JsonObject.Builder notes, String name, JsonArray values) {
    if (!values.isEmpty()) {
      notes.put(name, JsonWriter.string(values));
    }
  }

  private static JsonArray metrics(JsonArray metrics, Predicate<JsonObject> which) {
    return JsonArray.copyOf(
        metrics.objects().filter(which).map(MetricConversion::toVersion1).toList());
  }

  private static boolean isCpuUtilization(JsonObject metric) {
    return metric.string("type").equals("Resource")
        && metric.string("resource", "name").equals("cpu")
        && (metric.at("resource", "target", "averageUtilization") != null
            || metric.at("resource", "current", "averageUtilization") != null);
  }

  private static Optional<JsonObject> cpu(JsonArray metrics) {
    return metrics
        .objects()
        .filter(HorizontalPodAutoscalerConversion::isCpuUtilization)
        .findFirst();
  }

  private static JsonObject percent(JsonObject part, String field, Optional<Json> value) {
    return value
        .map(v -> ((JsonObject) v).get("averageUtilization"))
        .map(number -> part.with(field, number))
        .orElse(part);
  }

  /// The object with these round-trip annotations and no other ones.
  private static JsonObject annotated(JsonObject object, JsonObject notes) {
    JsonObject.Builder annotations = object.object("metadata", "annotations").toBuilder();
    ROUND_TRIP.forEach(annotations::remove);
    notes.fields().forEach(annotations::put);
    JsonObject all = annotations.build();
    return all.isEmpty()
        ? ObjectMeta.without(object, "annotations")
        : ObjectMeta.with(object, "annotations", all);
  }

  @Override
  public JsonObject toStored(JsonObject object) {
    JsonObject spec = object.object("spec");
    JsonObject status = object.object("status");
    JsonObject converted =
        annotated(object, JsonObject.EMPTY)
            .with("apiVersion", "autoscaling/v2")
            .with("spec", storedSpec(object, spec));
    return object.has("status")
        ? converted.with("status", storedStatus(object, status))
        : converted;
  }

  private static JsonObject storedSpec(JsonObject object, JsonObject spec) {
    ImmutableList.Builder<Json> metrics = ImmutableList.builder();
    noted(object, METRICS).forEach(metric -> metrics.add(MetricConversion.toVersion2(metric)));
    if (spec.get(SPEC_PERCENT) instanceof JsonNumber percent) {
      metrics.add(MetricConversion.cpu("target", percent));
    }
    JsonObject.Builder stored = spec.toBuilder().remove(SPEC_PERCENT);
    stored.putUnlessEmpty("metrics", new JsonArray(metrics.build()));
    stored.putUnlessEmpty("behavior", parsed(object, BEHAVIOR));
    return stored.build();
  }

  private static JsonObject storedStatus(JsonObject object, JsonObject status) {
    List<JsonObject> current =
        noted(object, CURRENT).stream().map(MetricConversion::toVersion2).toList();
    if (current.isEmpty() && status.get(STATUS_PERCENT) instanceof JsonNumber percent) {
      current = List.of(MetricConversion.cpu("current", percent));
    }
    JsonObject.Builder stored = status.toBuilder().remove(STATUS_PERCENT);
    stored.put("currentMetrics", current.isEmpty() ? JsonNull.NULL : JsonArray.copyOf(current));
    stored.putUnlessEmpty("conditions", JsonArray.copyOf(noted(object, CONDITIONS)));
    return stored.build();
  }

  private static List<JsonObject> noted(JsonObject object, String annotation) {
    return parsed(object, annotation) instanceof JsonArray array
        ? array.objects().toList()
        : List.of();
  }

  /// What an annotation holds; what is no JSON counts as nothing.
  private static Json parsed(JsonObject object, String annotation) {
    try {
      return JsonParser.parse(ObjectMeta.annotations(object).getOrDefault(annotation, "null"));
    } catch (JsonSyntaxException e) {
      return JsonNull.NULL;
    }
  }
}
