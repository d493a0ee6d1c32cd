package dev.drydock.cluster.registry.networking.ingress;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;

/// Checks ingresses. Models ValidateIngressSpec in pkg/apis/networking/validation.
final class IngressValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> PATH_TYPES =
      ImmutableList.of("Exact", "ImplementationSpecific", "Prefix");
  private static final ImmutableList<String> NOT_IN_PATHS =
      ImmutableList.of("//", "/./", "/../", "%2f", "%2F");
  private static final ImmutableList<String> NOT_ENDING_PATHS = ImmutableList.of("/..", "/.");

  private IngressValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    if (spec.array("rules").isEmpty() && !spec.has("defaultBackend")) {
      errors.invalid(SPEC, JsonNull.NULL, "either `defaultBackend` or `rules` must be specified");
    }
    if (spec.has("defaultBackend")) {
      IngressBackends.validate(spec.object("defaultBackend"), SPEC.child("defaultBackend"), errors);
    }
    Elements.each(
        spec.array("rules"),
        SPEC.child("rules"),
        (rule, path) -> {
          validateRuleHost(rule.string("host"), path.child("host"), errors);
          if (rule.has("http")) {
            validateHttp(rule.object("http"), path.child("http"), errors);
          }
        });
    Elements.each(
        spec.array("tls"),
        SPEC.child("tls"),
        (tls, path) -> {
          Elements.eachString(
              tls.array("hosts"),
              path.child("hosts"),
              (host, at) -> validateHost(host, at, errors));
          validateSubdomain(tls, "secretName", path, errors);
        });
    validateSubdomain(spec, "ingressClassName", SPEC, errors);
  }

  private static void validateSubdomain(
      JsonObject owner, String field, FieldPath path, FieldErrors errors) {
    String name = owner.string(field);
    if (!name.isEmpty()) {
      errors.invalid(path.child(field), name, Names.dns1123Subdomain(name));
    }
  }

  private static void validateRuleHost(String host, FieldPath path, FieldErrors errors) {
    if (host.isEmpty()) {
      return;
    }
    if (InetAddresses.isInetAddress(host)) {
      errors.invalid(path, host, "must be a DNS name, not an IP address");
    }
    validateHost(host, path, errors);
  }

  private static void validateHost(String host, FieldPath path, FieldErrors errors) {
    errors.invalid(
        path,
        host,
        host.contains("*") ? Formats.wildcardSubdomain(host) : Names.dns1123Subdomain(host));
  }

  private static void validateHttp(JsonObject http, FieldPath path, FieldErrors errors) {
    if (http.array("paths").isEmpty()) {
      errors.required(path.child("paths"), "");
    }
    Elements.each(
        http.array("paths"), path.child("paths"), (one, at) -> validatePath(one, at, errors));
  }

  private static void validatePath(JsonObject path, FieldPath at, FieldErrors errors) {
    String type = path.string("pathType");
    if (!path.has("pathType")) {
      errors.required(at.child("pathType"), "pathType must be specified");
      return;
    }
    String text = path.string("path");
    FieldPath pathPath = at.child("path");
    boolean own = type.equals("ImplementationSpecific");
    if (!PATH_TYPES.contains(type)) {
      errors.notSupported(at.child("pathType"), type, PATH_TYPES);
    } else if (!text.startsWith("/") && !(own && text.isEmpty())) {
      errors.invalid(pathPath, text, "must be an absolute path");
    }
    if (PATH_TYPES.contains(type) && !own) {
      for (String sequence : NOT_IN_PATHS) {
        if (text.contains(sequence)) {
          errors.invalid(pathPath, text, "must not contain '" + sequence + "'");
        }
      }
      for (String suffix : NOT_ENDING_PATHS) {
        if (text.endsWith(suffix)) {
          errors.invalid(pathPath, text, "cannot end with '" + suffix + "'");
        }
      }
    }
    IngressBackends.validate(path.object("backend"), at.child("backend"), errors);
  }
}
