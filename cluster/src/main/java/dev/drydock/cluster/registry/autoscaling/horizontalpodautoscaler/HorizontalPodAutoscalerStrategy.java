package dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Numbers;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import dev.drydock.cluster.registry.rest.StrategyContext;

/// The rules of horizontal pod autoscalers, in the shape of autoscaling/v2.
///
/// Models pkg/registry/autoscaling/horizontalpodautoscaler.
public final class HorizontalPodAutoscalerStrategy implements Strategy {
  private static final FieldPath STATUS = FieldPath.of("status");
  private static final long CPU_PERCENT = 80;

  private static final long PERIOD_SECONDS = 15;

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.within(object, "spec", HorizontalPodAutoscalerStrategy::spec);
  }

  private static JsonObject spec(JsonObject given) {
    JsonObject spec = Defaulting.pointer(given, "minReplicas", Json.of(1));
    if (spec.array("metrics").isEmpty()) {
      spec =
          spec.with("metrics", JsonArray.of(MetricConversion.cpu("target", Json.of(CPU_PERCENT))));
    }
    return Defaulting.within(spec, "behavior", HorizontalPodAutoscalerStrategy::behavior);
  }

  private static JsonObject behavior(JsonObject behavior) {
    JsonObject up =
        Defaulting.pointer(behavior.object("scaleUp"), "stabilizationWindowSeconds", Json.of(0));
    up = Defaulting.value(up, "selectPolicy", "Max");
    up =
        Defaulting.pointer(up, "policies", JsonArray.of(policy("Pods", 4), policy("Percent", 100)));
    JsonObject down = Defaulting.value(behavior.object("scaleDown"), "selectPolicy", "Max");
    down = Defaulting.pointer(down, "policies", JsonArray.of(policy("Percent", 100)));
    return behavior.with("scaleUp", up).with("scaleDown", down);
  }

  private static JsonObject policy(String type, long value) {
    return JsonObject.builder()
        .put("type", type)
        .put("value", value)
        .put("periodSeconds", PERIOD_SECONDS)
        .build();
  }

  @Override
  public JsonObject prepareForCreate(JsonObject object, StrategyContext context) {
    JsonObject status =
        JsonObject.builder().put("currentMetrics", JsonNull.NULL).put("desiredReplicas", 0).build();
    return object.with("status", status);
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    AutoscalerValidation.validate(object.object("spec"), errors);
  }

  @Override
  public void validateStatusUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    JsonObject status = object.object("status");
    Numbers.nonNegative(status, "currentReplicas", STATUS, errors);
    Numbers.nonNegative(status, "desiredReplicas", STATUS, errors);
  }
}
