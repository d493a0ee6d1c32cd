package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Warns of ports that several containers of a pod name: only one of them can listen there.
///
/// Models the port checks of warningsForPodSpecAndMeta in pkg/api/pod/warnings.go.
final class PortWarnings {
  private record Named(JsonObject port, FieldPath path) {}

  private final Consumer<String> warnings;
  private final Map<String, List<Named>> seen = new HashMap<>();

  PortWarnings(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  void check(JsonObject spec, FieldPath path) {
    for (String kind : new String[] {"initContainers", "containers", "ephemeralContainers"}) {
      Elements.each(
          spec.array(kind),
          path.child(kind),
          (container, at) ->
              Elements.each(container.array("ports"), at.child("ports"), this::checkPort));
    }
  }

  private void checkPort(JsonObject port, FieldPath path) {
    if (!port.string("hostIP").isEmpty() && port.integer(0, "hostPort") == 0) {
      warnings.accept(
          "%s: hostIP set without hostPort: {Name:%s HostPort:0 ContainerPort:%d Protocol:%s HostIP:%s}"
              .formatted(
                  path,
                  port.string("name"),
                  port.integer(0, "containerPort"),
                  port.string("protocol"),
                  port.string("hostIP")));
    }
    String key = port.integer(0, "containerPort") + "/" + port.string("protocol");
    List<Named> others = seen.computeIfAbsent(key, _ -> new ArrayList<>());
    for (Named other : others) {
      String problem = problem(port, other.port());
      if (!problem.isEmpty()) {
        warnings.accept(path + ": " + problem + " port definition with " + other.path());
      }
    }
    others.add(new Named(port, path));
  }

  private static String problem(JsonObject one, JsonObject other) {
    long hostPort = one.integer(0, "hostPort");
    long otherHostPort = other.integer(0, "hostPort");
    String ip = one.string("hostIP");
    String otherIp = other.string("hostIP");
    if (hostPort == otherHostPort && ip.equals(otherIp)) {
      return "duplicate";
    }
    if (hostPort == 0 || otherHostPort == 0) {
      return "overlapping";
    }
    return hostPort == otherHostPort && ip.isEmpty() != otherIp.isEmpty()
        ? "dangerously ambiguous"
        : "";
  }
}
