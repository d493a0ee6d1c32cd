package dev.drydock.cluster.registry.core.pod;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Numbers;

/// Checks the probes and the lifecycle handlers of containers.
///
/// Models validateProbe, validateHandler and validateLifecycle in pkg/apis/core/validation.
final class ProbeValidation {
  private static final ImmutableList<String> OF_PROBE =
      ImmutableList.of("exec", "httpGet", "tcpSocket", "grpc");
  private static final ImmutableList<String> OF_LIFECYCLE =
      ImmutableList.of("exec", "httpGet", "tcpSocket", "sleep");
  private static final ImmutableList<String> SCHEMES = ImmutableList.of("HTTP", "HTTPS");

  private final JsonObject spec;
  private final FieldErrors errors;

  ProbeValidation(JsonObject spec, FieldErrors errors) {
    this.spec = spec;
    this.errors = errors;
  }

  void validateAll(JsonObject container, FieldPath path) {
    JsonObject lifecycle = container.object("lifecycle");
    for (String hook : new String[] {"postStart", "preStop"}) {
      if (lifecycle.has(hook)) {
        validateHandler(lifecycle.object(hook), OF_LIFECYCLE, path.child("lifecycle").child(hook));
      }
    }
    validateUntilSuccess(container, "livenessProbe", path);
    if (container.has("readinessProbe")) {
      JsonObject probe = container.object("readinessProbe");
      FieldPath at = path.child("readinessProbe");
      validate(probe, at);
      if (probe.get("terminationGracePeriodSeconds") instanceof JsonNumber seconds) {
        errors.invalid(
            at.child("terminationGracePeriodSeconds"),
            seconds,
            "must not be set for readinessProbes");
      }
    }
    validateUntilSuccess(container, "startupProbe", path);
  }

  private void validateUntilSuccess(JsonObject container, String kind, FieldPath path) {
    if (!container.has(kind)) {
      return;
    }
    JsonObject probe = container.object(kind);
    validate(probe, path.child(kind));
    long threshold = probe.integer(0, "successThreshold");
    if (threshold != 1) {
      errors.invalid(path.child(kind).child("successThreshold"), threshold, "must be 1");
    }
  }

  private void validate(JsonObject probe, FieldPath path) {
    validateHandler(probe, OF_PROBE, path);
    for (String field :
        new String[] {
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold"
        }) {
      Numbers.nonNegative(probe, field, path, errors);
    }
    String grace = "terminationGracePeriodSeconds";
    if (probe.has(grace) && probe.integer(0, grace) <= 0) {
      errors.invalid(path.child(grace), probe.integer(0, grace), "must be greater than 0");
    }
  }

  private void validateHandler(JsonObject handler, ImmutableList<String> kinds, FieldPath path) {
    int handlers = 0;
    for (String kind : kinds) {
      if (!handler.has(kind)) {
        continue;
      }
      if (handlers > 0) {
        errors.forbidden(path.child(kind), "may not specify more than 1 handler type");
      } else {
        handlers++;
        validateAction(kind, handler.object(kind), path.child(kind));
      }
    }
    if (handlers == 0) {
      errors.required(path, "must specify a handler type");
    }
  }

  private void validateAction(String kind, JsonObject action, FieldPath path) {
    switch (kind) {
      case "exec" -> {
        if (action.array("command").isEmpty()) {
          errors.required(path.child("command"), "");
        }
      }
      case "httpGet" -> validateHttpGet(action, path);
      case "sleep" -> validateSleep(action.integer(0, "seconds"), path);
      default -> Numbers.portNumberOrName(action.get("port"), path.child("port"), errors);
    }
  }

  private void validateHttpGet(JsonObject action, FieldPath path) {
    if (action.string("path").isEmpty()) {
      errors.required(path.child("path"), "");
    }
    Numbers.portNumberOrName(action.get("port"), path.child("port"), errors);
    if (!SCHEMES.contains(action.string("scheme"))) {
      errors.notSupported(path.child("scheme"), action.string("scheme"), SCHEMES);
    }
    Elements.each(
        action.array("httpHeaders"),
        path.child("httpHeaders"),
        (header, _) ->
            errors.invalid(
                path.child("httpHeaders"),
                header.string("name"),
                Formats.httpHeaderName(header.string("name"))));
  }

  private void validateSleep(long seconds, FieldPath path) {
    long grace = spec.integer(Long.MAX_VALUE, "terminationGracePeriodSeconds");
    if (seconds < 0 || seconds > grace) {
      errors.invalid(
          path,
          seconds,
          "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
    }
  }
}
