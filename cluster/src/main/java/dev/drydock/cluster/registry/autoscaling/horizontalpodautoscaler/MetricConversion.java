package dev.drydock.cluster.registry.autoscaling.horizontalpodautoscaler;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;

/// One metric of an autoscaler, a target or a current value, in the flat shape that annotations of
/// autoscaling/v1 have, and in that of v2.
final class MetricConversion {
  /// The fields of a target or current value, and the type of target that each makes.
  private static final ImmutableMap<String, String> VALUES =
      ImmutableMap.of(
          "averageUtilization", "Utilization", "averageValue", "AverageValue", "value", "Value");

  private MetricConversion() {}

  static JsonObject cpu(String what, Json percent) {
    JsonObject.Builder value = JsonObject.builder();
    if (what.equals("target")) {
      value.put("type", "Utilization");
    }
    JsonObject source =
        JsonObject.of(
            "name", Json.of("cpu"), what, value.put("averageUtilization", percent).build());
    return JsonObject.of("type", Json.of("Resource"), "resource", source);
  }

  /// The member that holds a metric's source, as `containerResource` for `ContainerResource`.
  private static String member(JsonObject metric) {
    String type = metric.string("type");
    return type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
  }

  static JsonObject toVersion1(JsonObject metric) {
    JsonObject source = metric.object(member(metric));
    boolean target = source.has("target");
    JsonObject value = source.object(target ? "target" : "current");
    JsonObject.Builder flat = JsonObject.builder();
    if (source.has("describedObject")) {
      flat.put("target", source.object("describedObject"));
    }
    flat.putUnlessEmpty("name", source.string("name"));
    flat.putUnlessEmpty("container", source.string("container"));
    flat.putUnlessEmpty("metricName", source.string("metric", "name"));
    flat.putUnlessEmpty(
        metric.string("type").equals("External") ? "metricSelector" : "selector",
        source.at("metric", "selector"));
    for (String name : VALUES.keySet()) {
      flat.putUnlessEmpty(flatName(metric, name, target), value.get(name));
    }
    return JsonObject.of("type", Json.of(metric.string("type")), member(metric), flat.build());
  }

  private static String flatName(JsonObject metric, String name, boolean target) {
    boolean plain = metric.string("type").equals("Object") && name.equals("averageValue");
    String prefix = target ? "target" : "current";
    return plain ? name : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  static JsonObject toVersion2(JsonObject metric) {
    JsonObject flat = metric.object(member(metric));
    boolean target =
        flat.fields().keySet().stream().anyMatch(name -> name.matches("target[AV].*"))
            || flat.has("averageValue");
    JsonObject.Builder value = JsonObject.builder();
    String type = "";
    for (String name : VALUES.keySet()) {
      Json given = flat.get(flatName(metric, name, target));
      if (given != null) {
        value.put(name, given);
        type = type.isEmpty() ? VALUES.getOrDefault(name, "") : type;
      }
    }
    if (target) {
      value.put("type", type);
    }
    JsonObject.Builder source = JsonObject.builder();
    source.putUnlessEmpty("name", flat.string("name"));
    source.putUnlessEmpty("container", flat.string("container"));
    source.putUnlessEmpty("describedObject", flat.get("target"));
    if (flat.has("metricName")) {
      JsonObject.Builder identifier = JsonObject.builder().put("name", flat.string("metricName"));
      identifier.putUnlessEmpty("selector", flat.get("selector"));
      identifier.putUnlessEmpty("selector", flat.get("metricSelector"));
      source.put("metric", identifier.build());
    }
    source.put(target ? "target" : "current", value.build());
    return JsonObject.of("type", Json.of(metric.string("type")), member(metric), source.build());
  }
}
