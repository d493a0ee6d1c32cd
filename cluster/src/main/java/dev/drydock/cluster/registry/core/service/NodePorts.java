package dev.drydock.cluster.registry.core.service;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Which node ports are taken, and by which protocol of the service at hand.
///
/// Models pkg/registry/core/service/portallocator.
final class NodePorts {
  static final int FIRST = 30000;
  static final int LAST = 32767;

  /// As many of the first ports are given out last.
  private static final int RESERVED = 86;

  private static final FieldPath PORTS = FieldPath.of("spec").child("ports");

  private final RandomGenerator random;
  private final FieldErrors errors;
  private final Set<Long> taken = new HashSet<>();

  NodePorts(RandomGenerator random, FieldErrors errors) {
    this.random = random;
    this.errors = errors;
  }

  /// Notes the ports of another service.
  void take(JsonObject spec) {
    spec.array("ports").objects().forEach(port -> taken.add(port.integer(0, "nodePort")));
    taken.add(spec.integer(0, "healthCheckNodePort"));
  }

  /// The spec with a node port for each of its ports. Ports of different protocols share a number
  /// where they share the service's port.
  JsonObject allocated(JsonObject spec) {
    List<Json> ports = new ArrayList<>();
    Map<Long, Set<String>> own = new HashMap<>();
    List<JsonObject> wanted = spec.array("ports").objects().toList();
    for (int i = 0; i < wanted.size(); i++) {
      long asked = wanted.get(i).integer(0, "nodePort");
      if (asked != 0) {
        claim(asked, wanted.get(i), PORTS.index(i).child("nodePort"), own);
      }
    }
    Map<Long, Long> byPort = new HashMap<>();
    for (JsonObject port : wanted) {
      ports.add(withNodePort(port, byPort, own));
    }
    return spec.with("ports", JsonArray.copyOf(ports));
  }

  private void claim(long asked, JsonObject port, FieldPath path, Map<Long, Set<String>> own) {
    if (asked < FIRST || asked > LAST) {
      errors.invalid(
          path,
          asked,
          "provided port is not in the valid range. The range of valid ports is %d-%d"
              .formatted(FIRST, LAST));
      return;
    }
    boolean again = !own.computeIfAbsent(asked, _ -> new HashSet<>()).add(port.string("protocol"));
    if (taken.contains(asked) || again) {
      errors.invalid(path, asked, "provided port is already allocated");
    }
  }

  private JsonObject withNodePort(
      JsonObject port, Map<Long, Long> byPort, Map<Long, Set<String>> own) {
    long number = port.integer(0, "port");
    long asked = port.integer(0, "nodePort");
    if (asked != 0) {
      byPort.putIfAbsent(number, asked);
      return port;
    }
    Long shared = byPort.get(number);
    if (shared != null
        && own.computeIfAbsent(shared, _ -> new HashSet<>()).add(port.string("protocol"))) {
      return port.with("nodePort", Json.of(shared));
    }
    taken.addAll(own.keySet());
    long free = free();
    byPort.put(number, free);
    own.computeIfAbsent(free, _ -> new HashSet<>()).add(port.string("protocol"));
    return port.with("nodePort", Json.of(free));
  }

  long free() {
    int dynamic = LAST - FIRST + 1 - RESERVED;
    int start = random.nextInt(dynamic);
    for (int i = 0; i < dynamic + RESERVED; i++) {
      long port =
          i < dynamic ? FIRST + RESERVED + (start + i) % dynamic : (long) FIRST + i - dynamic;
      if (taken.add(port)) {
        return port;
      }
    }
    errors.invalid(PORTS, 0, "failed to allocate a nodePort: range is full");
    return 0;
  }
}
