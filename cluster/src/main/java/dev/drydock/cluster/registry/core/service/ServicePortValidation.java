package dev.drydock.cluster.registry.core.service;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashSet;
import java.util.Set;

/// Checks the ports of a service. Models validateServicePort in pkg/apis/core/validation.
final class ServicePortValidation {
  private static final FieldPath PORTS = FieldPath.of("spec").child("ports");
  private static final ImmutableList<String> PROTOCOLS = ImmutableList.of("SCTP", "TCP", "UDP");

  private ServicePortValidation() {}

  static void validate(JsonArray ports, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.each(
        ports,
        PORTS,
        (port, path) -> {
          validateName(port.string("name"), ports.size() > 1, names, path.child("name"), errors);
          long number = port.integer(0, "port");
          Formats.portNumber(number)
              .forEach(wrong -> errors.invalid(path.child("port"), number, wrong));
          String protocol = port.string("protocol");
          if (protocol.isEmpty()) {
            errors.required(path.child("protocol"), "");
          } else if (!PROTOCOLS.contains(protocol)) {
            errors.notSupported(path.child("protocol"), protocol, PROTOCOLS);
          }
          validateTarget(port.get("targetPort"), path.child("targetPort"), errors);
          if (port.has("appProtocol")) {
            String appProtocol = port.string("appProtocol");
            Names.qualifiedName(appProtocol)
                .forEach(wrong -> errors.invalid(path.child("appProtocol"), appProtocol, wrong));
          }
        });
  }

  private static void validateName(
      String name, boolean required, Set<String> names, FieldPath path, FieldErrors errors) {
    if (name.isEmpty()) {
      if (required) {
        errors.required(path, "");
      }
      return;
    }
    Names.dns1123Label(name).forEach(wrong -> errors.invalid(path, name, wrong));
    if (!names.add(name)) {
      errors.duplicate(path, new JsonString(name));
    }
  }

  private static void validateTarget(
      @org.jspecify.annotations.Nullable Json target, FieldPath path, FieldErrors errors) {
    if (target instanceof JsonNumber number) {
      Formats.portNumber(number.longValue()).forEach(wrong -> errors.invalid(path, number, wrong));
    } else if (target instanceof JsonString(String name)) {
      Names.portName(name).forEach(wrong -> errors.invalid(path, name, wrong));
    }
  }

  /// Checks that no two ports want the same number.
  static void validateNumbers(JsonObject spec, FieldErrors errors) {
    JsonArray ports = spec.array("ports");
    if (Services.isType(spec, "ClusterIP")) {
      Elements.each(
          ports,
          PORTS,
          (port, path) -> {
            if (port.integer(0, "nodePort") != 0) {
              errors.forbidden(
                  path.child("nodePort"), "may not be used when `type` is 'ClusterIP'");
            }
          });
    }
    Set<String> nodePorts = new HashSet<>();
    Elements.each(
        ports,
        PORTS,
        (port, path) -> {
          long nodePort = port.integer(0, "nodePort");
          if (nodePort != 0 && !nodePorts.add(port.string("protocol") + nodePort)) {
            errors.duplicate(path.child("nodePort"), Json.of(nodePort));
          }
        });
    Set<String> numbers = new HashSet<>();
    Elements.each(
        ports,
        PORTS,
        (port, path) -> {
          long number = port.integer(0, "port");
          if (!numbers.add(port.string("protocol") + number)) {
            JsonObject.Builder shown = JsonObject.builder();
            shown.put("Name", "").put("Protocol", port.string("protocol"));
            shown.put("AppProtocol", dev.drydock.cluster.apimachinery.json.JsonNull.NULL);
            shown.put("Port", number).put("TargetPort", 0).put("NodePort", 0);
            errors.duplicate(path, shown.build());
          }
        });
  }
}
