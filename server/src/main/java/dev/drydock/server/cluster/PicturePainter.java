package dev.drydock.server.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.ApiRequest;
import dev.drydock.cluster.ApiResponse;
import dev.drydock.cluster.Cluster;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.server.cluster.ClusterPicture.Container;
import dev.drydock.server.cluster.ClusterPicture.Kind;
import dev.drydock.server.cluster.ClusterPicture.Node;
import dev.drydock.server.cluster.ClusterPicture.Pod;
import dev.drydock.server.cluster.ClusterPicture.State;
import java.util.stream.Stream;

/// Draws a cluster from what its API server says. Pods are asked for as the table that `kubectl
/// get` prints, objects included, so that the picture uses kubectl's own words.
public final class PicturePainter {
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final ImmutableSet<String> STARTING =
      ImmutableSet.of("Pending", "ContainerCreating", "PodInitializing");
  private static final ImmutableSet<String> DONE = ImmutableSet.of("Completed", "Succeeded");

  private PicturePainter() {}

  public static ClusterPicture paint(Cluster cluster) {
    ApiResponse nodes = cluster.request(ApiRequest.get("/api/v1/nodes"));
    ApiResponse pods =
        cluster.request(
            ApiRequest.get("/api/v1/pods?includeObject=Object").withHeader("accept", TABLE));
    if (!nodes.ok() || !pods.ok()) {
      String message = nodes.ok() ? pods.message() : nodes.message();
      return ClusterPicture.unavailable("The API server said: " + message);
    }
    return new ClusterPicture(
        State.READY, "", cluster.name(), nodes(nodes.object()), pods(pods.object()));
  }

  private static ImmutableList<Node> nodes(JsonObject list) {
    return list.array("items")
        .objects()
        .map(
            node ->
                new Node(
                    node.string("metadata", "name"),
                    conditionHolds(node, "Ready"),
                    Amounts.millis(node.string("status", "allocatable", "cpu")),
                    Amounts.bytes(node.string("status", "allocatable", "memory"))))
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean conditionHolds(JsonObject object, String type) {
    return object
        .array("status", "conditions")
        .objects()
        .anyMatch(c -> c.string("type").equals(type) && c.string("status").equals("True"));
  }

  private static ImmutableList<Pod> pods(JsonObject table) {
    Columns columns = Columns.of(table);
    return table
        .array("rows")
        .objects()
        .map(row -> pod(row, columns))
        .collect(ImmutableList.toImmutableList());
  }

  private static Pod pod(JsonObject row, Columns columns) {
    JsonObject pod = row.object("object");
    JsonArray cells = row.array("cells");
    String status = columns.cell(cells, columns.status());
    return new Pod(
        pod.string("metadata", "namespace"),
        pod.string("metadata", "name"),
        pod.string("spec", "nodeName"),
        status,
        kind(pod, status),
        columns.cell(cells, columns.ready()),
        restarts(columns.cell(cells, columns.restarts())),
        requested(pod, "cpu", Amounts::millis),
        requested(pod, "memory", Amounts::bytes),
        containers(pod));
  }

  private static Kind kind(JsonObject pod, String status) {
    if (pod.object("metadata").has("deletionTimestamp")) {
      return Kind.LEAVING;
    }
    if (status.equals("Running")) {
      return conditionHolds(pod, "Ready") ? Kind.RUNNING : Kind.STARTING;
    }
    if (DONE.contains(status)) {
      return Kind.DONE;
    }
    return STARTING.contains(status) || status.matches("Init:\\d+/\\d+")
        ? Kind.STARTING
        : Kind.FAILING;
  }

  /// `3 (2m ago)` is three.
  private static int restarts(String cell) {
    String number = cell.split(" ", 2)[0];
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : 0;
  }

  private static long requested(
      JsonObject pod, String resource, java.util.function.ToLongFunction<String> amount) {
    return pod.array("spec", "containers")
        .objects()
        .mapToLong(c -> amount.applyAsLong(c.string("resources", "requests", resource)))
        .sum();
  }

  private static ImmutableList<Container> containers(JsonObject pod) {
    return Stream.concat(
            pod.array("spec", "initContainers")
                .objects()
                .filter(c -> c.string("restartPolicy").equals("Always")),
            pod.array("spec", "containers").objects())
        .map(container -> container(pod, container))
        .collect(ImmutableList.toImmutableList());
  }

  private static Container container(JsonObject pod, JsonObject container) {
    String name = container.string("name");
    JsonObject status =
        Stream.of("containerStatuses", "initContainerStatuses")
            .flatMap(list -> pod.array("status", list).objects())
            .filter(s -> s.string("name").equals(name))
            .findFirst()
            .orElse(JsonObject.EMPTY);
    String state = status.object("state").fields().keySet().stream().findFirst().orElse("waiting");
    return new Container(name, container.string("image"), state, status.bool("ready"));
  }

  /// Where the table's columns are; -1 where a column is missing.
  private record Columns(int ready, int status, int restarts) {
    static Columns of(JsonObject table) {
      var names = table.array("columnDefinitions").objects().map(c -> c.string("name")).toList();
      return new Columns(
          names.indexOf("Ready"), names.indexOf("Status"), names.indexOf("Restarts"));
    }

    String cell(JsonArray cells, int column) {
      if (column < 0 || column >= cells.size()) {
        return "";
      }
      return switch (cells.get(column)) {
        case JsonString(String text) -> text;
        case JsonNumber number -> String.valueOf(number.longValue());
        case dev.drydock.cluster.apimachinery.json.Json _ -> "";
      };
    }
  }
}
