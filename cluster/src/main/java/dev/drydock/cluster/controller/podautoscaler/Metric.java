package dev.drydock.cluster.controller.podautoscaler;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.controller.podautoscaler.ReplicaCalculator.Proposal;
import dev.drydock.cluster.controller.podautoscaler.ReplicaCalculator.Tolerance;

/// One metric of an autoscaler's spec. Models computeReplicasForMetric.
final class Metric {
  private static final String NO_CUSTOM =
      "unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io)"
          + " registered";
  private static final String NO_EXTERNAL =
      "unable to fetch metrics from external metrics API: the server could not find the requested"
          + " resource (get %s.external.metrics.k8s.io)";

  private Metric() {}

  private static JsonObject source(JsonObject metric) {
    return switch (metric.string("type")) {
      case "ContainerResource" -> metric.object("containerResource");
      case "Pods" -> metric.object("pods");
      case "Object" -> metric.object("object");
      case "External" -> metric.object("external");
      default -> metric.object("resource");
    };
  }

  static Proposal compute(JsonObject metric, ReplicaCalculator calculator) throws MetricException {
    JsonObject source = source(metric);
    String named = source.string("metric", "name");
    return switch (metric.string("type")) {
      case "Resource", "ContainerResource" ->
          calculator.compute(
              source.string("name"), source.string("container"), source.object("target"));
      case "Pods" ->
          throw new MetricException(
              "FailedGetPodsMetric", "unable to get metric %s: %s".formatted(named, NO_CUSTOM));
      case "Object" ->
          throw new MetricException(
              "FailedGetObjectMetric",
              "unable to get metric %s on %s %s: %s"
                  .formatted(
                      named,
                      source.string("describedObject", "kind"),
                      source.string("describedObject", "name"),
                      NO_CUSTOM));
      default ->
          throw new MetricException(
              "FailedGetExternalMetric",
              "unable to get external metric %s: %s"
                  .formatted(named, NO_EXTERNAL.formatted(named)));
    };
  }

  /// How the event about all metrics begins to speak of one that failed.
  static String failed(JsonObject metric) {
    JsonObject source = source(metric);
    return switch (metric.string("type")) {
      case "ContainerResource" ->
          "failed to get %s container metric value".formatted(source.string("name"));
      case "Pods" -> "failed to get pods metric value";
      case "Object" -> "failed to get object metric value";
      case "External" ->
          "failed to get %s external metric value".formatted(source.string("metric", "name"));
      default -> "failed to get %s resource metric value".formatted(source.string("name"));
    };
  }

  /// How events speak of a metric.
  static String word(JsonObject metric) {
    JsonObject source = source(metric);
    String word =
        metric.string("type").equals("ContainerResource") ? " container resource" : " resource";
    return source.string("name")
        + word
        + (source.object("target").has("averageValue")
            ? ""
            : " utilization (percentage of request)");
  }

  /// The metric as the autoscaler's status shows it.
  static JsonObject status(JsonObject metric, JsonObject current) {
    boolean ofContainer = metric.string("type").equals("ContainerResource");
    JsonObject source = source(metric);
    JsonObject.Builder shown = JsonObject.builder().put("name", source.string("name"));
    shown.putUnlessEmpty("container", source.string("container"));
    shown.put("current", current);
    return JsonObject.of(
        "type",
        Json.of(metric.string("type")),
        ofContainer ? "containerResource" : "resource",
        shown.build());
  }

  static double tolerance(JsonObject rules) {
    String own = rules.string("tolerance");
    return own.isEmpty() ? Tolerance.DEFAULT : Quantity.parse(own).amount().doubleValue();
  }
}
