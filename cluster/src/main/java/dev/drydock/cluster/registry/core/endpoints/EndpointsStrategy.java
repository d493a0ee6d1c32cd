package dev.drydock.cluster.registry.core.endpoints;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.service.SpecialAddresses;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of endpoints. Models pkg/registry/core/endpoint and ValidateEndpoints.
public final class EndpointsStrategy implements Strategy {
  private static final ImmutableList<String> PROTOCOLS = ImmutableList.of("SCTP", "TCP", "UDP");

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.each(
        object,
        "subsets",
        subset ->
            Defaulting.each(subset, "ports", port -> Defaulting.value(port, "protocol", "TCP")));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    Elements.each(
        object.array("subsets"),
        FieldPath.of("subsets"),
        (subset, path) -> {
          JsonArray ready = subset.array("addresses");
          JsonArray notReady = subset.array("notReadyAddresses");
          if (ready.isEmpty() && notReady.isEmpty()) {
            errors.required(path, "must specify `addresses` or `notReadyAddresses`");
          }
          Elements.each(
              ready, path.child("addresses"), (one, at) -> validateAddress(one, at, errors));
          Elements.each(
              notReady,
              path.child("notReadyAddresses"),
              (one, at) -> validateAddress(one, at, errors));
          boolean several = subset.array("ports").size() > 1;
          Elements.each(
              subset.array("ports"),
              path.child("ports"),
              (port, at) -> validatePort(port, several, at, errors));
        });
  }

  private static void validateAddress(JsonObject address, FieldPath path, FieldErrors errors) {
    SpecialAddresses.validate(address.string("ip"), path.child("ip"), errors);
    String hostname = address.string("hostname");
    if (!hostname.isEmpty()) {
      errors.invalid(path.child("hostname"), hostname, Names.dns1123Label(hostname));
    }
    String node = address.string("nodeName");
    if (!node.isEmpty()) {
      errors.invalid(path.child("nodeName"), node, Names.dns1123Subdomain(node));
    }
  }

  private static void validatePort(
      JsonObject port, boolean several, FieldPath path, FieldErrors errors) {
    String name = port.string("name");
    if (!name.isEmpty()) {
      errors.invalid(path.child("name"), name, Names.dns1123Label(name));
    } else if (several) {
      errors.required(path.child("name"), "");
    }
    long number = port.integer(0, "port");
    errors.invalid(path.child("port"), number, Formats.portNumber(number));
    Choices.required(port, "protocol", path.child("protocol"), PROTOCOLS, errors);
  }
}
