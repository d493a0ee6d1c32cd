package dev.drydock.cluster.registry.discovery.endpointslice;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.service.SpecialAddresses;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.HashSet;
import java.util.Set;

/// The rules of endpoint slices. Models pkg/registry/discovery/endpointslice and
/// ValidateEndpointSlice.
public final class EndpointSliceStrategy implements Strategy {
  private static final ImmutableList<String> TYPES = ImmutableList.of("FQDN", "IPv4", "IPv6");
  private static final ImmutableList<String> PROTOCOLS = ImmutableList.of("SCTP", "TCP", "UDP");
  private static final int ENDPOINTS_MAX = 1000;
  private static final int ADDRESSES_MAX = 100;

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.each(
        object,
        "ports",
        port -> Defaulting.value(Defaulting.pointer(port, "name", Json.of("")), "protocol", "TCP"));
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    String type = object.string("addressType");
    Choices.required(object, "addressType", FieldPath.of("addressType"), TYPES, errors);
    JsonArray endpoints = object.array("endpoints");
    FieldPath path = FieldPath.of("endpoints");
    if (endpoints.size() > ENDPOINTS_MAX) {
      errors.tooMany(path, endpoints.size(), ENDPOINTS_MAX);
    }
    Elements.each(endpoints, path, (one, at) -> validateEndpoint(one, type, at, errors));
    validatePorts(object.array("ports"), errors);
  }

  private static void validateEndpoint(
      JsonObject endpoint, String type, FieldPath path, FieldErrors errors) {
    FieldPath list = path.child("addresses");
    JsonArray addresses = endpoint.array("addresses");
    if (addresses.isEmpty()) {
      errors.required(list, "must contain at least 1 address");
    } else if (addresses.size() > ADDRESSES_MAX) {
      errors.tooMany(list, addresses.size(), ADDRESSES_MAX);
    }
    Elements.eachString(
        addresses,
        list,
        (address, at) -> {
          if (type.equals("FQDN")) {
            errors.invalid(at, address, Names.dns1123Subdomain(address));
          } else {
            SpecialAddresses.validate(address, at, errors);
          }
        });
    for (String field : new String[] {"nodeName", "hostname"}) {
      String name = endpoint.string(field);
      if (!name.isEmpty()) {
        errors.invalid(
            path.child(field),
            name,
            field.equals("hostname") ? Names.dns1123Label(name) : Names.dns1123Subdomain(name));
      }
    }
  }

  private static void validatePorts(JsonArray ports, FieldErrors errors) {
    Set<String> names = new HashSet<>();
    Elements.each(
        ports,
        FieldPath.of("ports"),
        (port, path) -> {
          String name = port.string("name");
          if (!name.isEmpty()) {
            errors.invalid(path.child("name"), name, Names.dns1123Label(name));
          }
          if (!names.add(name)) {
            errors.duplicate(path.child("name"), new JsonString(name));
          }
          if (port.has("port")) {
            long number = port.integer(0, "port");
            errors.invalid(path.child("port"), number, Formats.portNumber(number));
          }
          Choices.required(port, "protocol", path.child("protocol"), PROTOCOLS, errors);
        });
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    validate(object, errors);
    String type = object.string("addressType");
    if (!type.equals(old.string("addressType"))) {
      errors.invalid(FieldPath.of("addressType"), type, Formats.IMMUTABLE);
    }
  }
}
