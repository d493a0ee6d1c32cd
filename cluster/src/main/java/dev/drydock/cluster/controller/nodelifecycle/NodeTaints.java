package dev.drydock.cluster.controller.nodelifecycle;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The taints that a node has for what it says of itself. Models doNoScheduleTaintingPass and
/// doNoExecuteTaintingPass of pkg/controller/nodelifecycle.
final class NodeTaints {
  private static final String PREFIX = "node.kubernetes.io/";
  private static final List<String> OURS =
      List.of(
          "not-ready",
          "unreachable",
          "memory-pressure",
          "disk-pressure",
          "pid-pressure",
          "network-unavailable",
          "unschedulable");

  private NodeTaints() {}

  /// The node's taints as they should be; those of others stay as they are.
  static JsonArray of(JsonObject node, Instant now) {
    List<JsonObject> taints = new ArrayList<>();
    List<JsonObject> before = node.array("spec", "taints").objects().toList();
    before.stream().filter(taint -> !isOurs(taint)).forEach(taints::add);
    for (String wanted : wanted(node)) {
      String[] parts = wanted.split(":", 2);
      taints.add(
          before.stream()
              .filter(taint -> matches(taint, parts[0], parts[1]))
              .findFirst()
              .orElseGet(() -> taint(parts[0], parts[1], now)));
    }
    return JsonArray.copyOf(taints);
  }

  private static boolean isOurs(JsonObject taint) {
    return OURS.stream().anyMatch(name -> taint.string("key").equals(PREFIX + name));
  }

  private static boolean matches(JsonObject taint, String key, String effect) {
    return taint.string("key").equals(key) && taint.string("effect").equals(effect);
  }

  private static JsonObject taint(String key, String effect, Instant now) {
    return JsonObject.builder()
        .put("key", key)
        .put("effect", effect)
        .put("timeAdded", Times.seconds(now))
        .build();
  }

  private static List<String> wanted(JsonObject node) {
    List<String> wanted = new ArrayList<>();
    switch (status(node, "Ready")) {
      case "True" -> {}
      case "False" -> add(wanted, "not-ready", "NoSchedule", "NoExecute");
      default -> add(wanted, "unreachable", "NoSchedule", "NoExecute");
    }
    if (status(node, "MemoryPressure").equals("True")) {
      add(wanted, "memory-pressure", "NoSchedule");
    }
    if (status(node, "DiskPressure").equals("True")) {
      add(wanted, "disk-pressure", "NoSchedule");
    }
    if (status(node, "PIDPressure").equals("True")) {
      add(wanted, "pid-pressure", "NoSchedule");
    }
    if (node.bool("spec", "unschedulable")) {
      add(wanted, "unschedulable", "NoSchedule");
    }
    return wanted;
  }

  private static void add(List<String> wanted, String name, String... effects) {
    for (String effect : effects) {
      wanted.add(PREFIX + name + ":" + effect);
    }
  }

  /// A node that has never said anything is not ready.
  static String status(JsonObject node, String type) {
    return node.array("status", "conditions")
        .objects()
        .filter(condition -> condition.string("type").equals(type))
        .map(condition -> condition.string("status"))
        .findFirst()
        .orElse("False");
  }
}
