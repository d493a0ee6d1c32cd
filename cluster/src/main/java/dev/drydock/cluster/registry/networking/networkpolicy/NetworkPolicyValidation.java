package dev.drydock.cluster.registry.networking.networkpolicy;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Numbers;

/// Checks network policies. Models ValidateNetworkPolicySpec in pkg/apis/networking/validation.
final class NetworkPolicyValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> PROTOCOLS = ImmutableList.of("TCP", "UDP", "SCTP");
  private static final ImmutableList<String> TYPES = ImmutableList.of("Ingress", "Egress");

  private NetworkPolicyValidation() {}

  static void validate(JsonObject spec, FieldErrors errors) {
    LabelSelectorValidation.validate(spec.object("podSelector"), SPEC.child("podSelector"), errors);
    validateRules(spec, "ingress", "from", errors);
    validateRules(spec, "egress", "to", errors);
    if (spec.array("policyTypes").size() > TYPES.size()) {
      errors.invalid(
          SPEC.child("policyTypes"),
          spec.array("policyTypes"),
          "may not specify more than two policyTypes");
      return;
    }
    Elements.eachString(
        spec.array("policyTypes"),
        SPEC.child("policyTypes"),
        (type, path) -> {
          if (!TYPES.contains(type)) {
            errors.notSupported(path, type, TYPES);
          }
        });
  }

  private static void validateRules(
      JsonObject spec, String direction, String peers, FieldErrors errors) {
    Elements.each(
        spec.array(direction),
        SPEC.child(direction),
        (rule, path) -> {
          Elements.each(
              rule.array("ports"),
              path.child("ports"),
              (port, at) -> validatePort(port, at, errors));
          Elements.each(
              rule.array(peers), path.child(peers), (peer, at) -> validatePeer(peer, at, errors));
        });
  }

  private static void validatePort(JsonObject port, FieldPath path, FieldErrors errors) {
    Choices.optional(port, "protocol", path.child("protocol"), PROTOCOLS, errors);
    long end = port.integer(0, "endPort");
    FieldPath endPath = path.child("endPort");
    if (!port.has("port")) {
      if (port.has("endPort")) {
        errors.invalid(endPath, end, "may not be specified when `port` is not specified");
      }
      return;
    }
    if (port.has("endPort") && !(port.get("port") instanceof JsonNumber)) {
      errors.invalid(endPath, end, "may not be specified when `port` is non-numeric");
    }
    Numbers.portNumberOrName(port.get("port"), path.child("port"), errors);
    if (port.has("endPort") && port.get("port") instanceof JsonNumber number) {
      if (end < number.longValue()) {
        errors.invalid(endPath, number, "must be greater than or equal to `port`");
      }
      errors.invalid(endPath, end, Formats.portNumber(end));
    }
  }

  private static void validatePeer(JsonObject peer, FieldPath path, FieldErrors errors) {
    int peers = 0;
    for (String selector : new String[] {"podSelector", "namespaceSelector"}) {
      if (peer.has(selector)) {
        peers++;
        LabelSelectorValidation.validate(peer.object(selector), path.child(selector), errors);
      }
    }
    if (peer.has("ipBlock")) {
      peers++;
      validateBlock(peer.object("ipBlock"), path.child("ipBlock"), errors);
    }
    if (peers == 0) {
      errors.required(path, "must specify a peer");
    } else if (peers > 1 && peer.has("ipBlock")) {
      errors.forbidden(path, "may not specify both ipBlock and another peer");
    }
  }

  private static void validateBlock(JsonObject block, FieldPath path, FieldErrors errors) {
    String range = block.string("cidr");
    if (range.isEmpty()) {
      errors.required(path.child("cidr"), "");
      return;
    }
    errors.invalid(path.child("cidr"), range, Formats.cidr(range));
    if (!Formats.cidr(range).isEmpty()) {
      return;
    }
    Elements.eachString(
        block.array("except"),
        path.child("except"),
        (except, at) -> {
          errors.invalid(at, except, Formats.cidr(except));
          if (Formats.cidr(except).isEmpty() && !Subnets.contains(range, except)) {
            errors.invalid(at, except, "must be a strict subset of `cidr`");
          }
        });
  }
}
