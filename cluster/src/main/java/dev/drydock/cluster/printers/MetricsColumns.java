package dev.drydock.cluster.printers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import java.util.stream.Stream;

/// Columns of what metrics-server serves. Models metrics-server/pkg/api/table.go.
final class MetricsColumns {
  static final ImmutableMap<String, ImmutableList<Column>> BY_RESOURCE =
      ImmutableMap.of(
          "pods.metrics.k8s.io", usage(),
          "nodes.metrics.k8s.io", usage());

  private MetricsColumns() {}

  private static ImmutableList<Column> usage() {
    return ImmutableList.of(
        Column.named(),
        Column.of("cpu", "CPU usage", (object, _) -> millis(object) + "m"),
        Column.of("memory", "Memory usage", (object, _) -> kibibytes(object) + "Ki"),
        Column.of("window", "Window of the measurement", (object, _) -> object.string("window")));
  }

  private static Stream<JsonObject> usages(JsonObject metrics) {
    JsonArray containers = metrics.array("containers");
    return metrics.has("usage")
        ? Stream.of(metrics.object("usage"))
        : containers.objects().map(container -> container.object("usage"));
  }

  private static long millis(JsonObject metrics) {
    return usages(metrics).mapToLong(u -> Quantity.parse(u.string("cpu")).milliValue()).sum();
  }

  private static long kibibytes(JsonObject metrics) {
    return usages(metrics).mapToLong(u -> Quantity.parse(u.string("memory")).value()).sum() / 1024;
  }
}
