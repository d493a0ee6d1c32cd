package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashSet;
import java.util.Set;

/// Checks the ports of containers. Models validateContainerPorts and AccumulateUniqueHostPorts in
/// pkg/apis/core/validation.
final class ContainerPortValidation {
  private static final ImmutableList<String> PROTOCOLS = ImmutableList.of("SCTP", "TCP", "UDP");

  private ContainerPortValidation() {}

  static void validate(JsonArray ports, FieldPath path, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.each(
        ports,
        path,
        (port, at) -> {
          validateName(port.string("name"), names, at.child("name"), errors);
          long number = port.integer(0, "containerPort");
          if (number == 0) {
            errors.required(at.child("containerPort"), "");
          } else {
            errors.invalid(at.child("containerPort"), number, Formats.portNumber(number));
          }
          long hostPort = port.integer(0, "hostPort");
          if (hostPort != 0) {
            errors.invalid(at.child("hostPort"), hostPort, Formats.portNumber(hostPort));
          }
          Choices.required(port, "protocol", at.child("protocol"), PROTOCOLS, errors);
        });
  }

  private static void validateName(
      String name, Set<String> names, FieldPath path, FieldErrors errors) {
    if (name.isEmpty()) {
      return;
    }
    ImmutableList<String> wrong = Names.portName(name);
    errors.invalid(path, name, wrong);
    if (wrong.isEmpty() && !names.add(name)) {
      errors.duplicate(path, new JsonString(name));
    }
  }

  /// @param taken the host ports of the containers before, to which this one's are added
  static void validateHostPorts(
      JsonObject container, Set<String> taken, FieldPath path, FieldErrors errors) {
    Elements.each(
        container.array("ports"),
        path.child("ports"),
        (port, at) -> {
          long hostPort = port.integer(0, "hostPort");
          String key =
              "%s/%s/%d".formatted(port.string("protocol"), port.string("hostIP"), hostPort);
          if (hostPort != 0 && !taken.add(key)) {
            errors.duplicate(at.child("hostPort"), new JsonString(key));
          }
        });
  }
}
