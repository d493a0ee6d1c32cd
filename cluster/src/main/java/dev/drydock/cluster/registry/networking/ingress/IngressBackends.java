package dev.drydock.cluster.registry.networking.ingress;

import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;

/// Checks where an ingress sends requests. Models validateIngressBackend in
/// pkg/apis/networking/validation.
final class IngressBackends {
  private IngressBackends() {}

  static void validate(JsonObject backend, FieldPath path, FieldErrors errors) {
    boolean resource = backend.has("resource");
    boolean service = backend.has("service");
    if (resource && service) {
      errors.invalid(path, "", "cannot set both resource and service backends");
    } else if (resource) {
      validateResource(backend.object("resource"), path.child("resource"), errors);
    } else if (service) {
      validateService(backend.object("service"), path, errors);
    } else {
      errors.invalid(path, "", "resource or service backend is required");
    }
  }

  private static void validateResource(JsonObject resource, FieldPath path, FieldErrors errors) {
    String group = resource.string("apiGroup");
    if (resource.has("apiGroup")) {
      errors.invalid(path.child("apiGroup"), group, Names.dns1123Subdomain(group));
    }
    for (String field : new String[] {"kind", "name"}) {
      String value = resource.string(field);
      if (value.isEmpty()) {
        errors.required(path.child(field), field + " is required");
      } else {
        errors.invalid(path.child(field), value, Formats.pathSegment(value));
      }
    }
  }

  private static void validateService(JsonObject service, FieldPath path, FieldErrors errors) {
    FieldPath at = path.child("service");
    String name = service.string("name");
    if (name.isEmpty()) {
      errors.required(at.child("name"), "");
    } else {
      errors.invalid(at.child("name"), name, Names.dns1123Label(name));
    }
    String portName = service.string("port", "name");
    long number = service.integer(0, "port", "number");
    FieldPath port = at.child("port");
    if (!portName.isEmpty() && number != 0) {
      errors.invalid(path, "", "cannot set both port name & port number");
    } else if (!portName.isEmpty()) {
      errors.invalid(port.child("name"), portName, Names.portName(portName));
    } else if (number != 0) {
      errors.invalid(port.child("number"), number, Formats.portNumber(number));
    } else {
      errors.required(path, "port name or number is required");
    }
  }
}
