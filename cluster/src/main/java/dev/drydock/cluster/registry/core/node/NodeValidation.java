package dev.drydock.cluster.registry.core.node;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.InternalTypes;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.HashSet;
import java.util.Set;

/// Checks nodes. Models ValidateNode and ValidateNodeUpdate in pkg/apis/core/validation.
final class NodeValidation {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final ImmutableList<String> EFFECTS =
      ImmutableList.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private NodeValidation() {}

  static void validate(JsonObject node, FieldErrors errors) {
    validateTaints(node.array("spec", "taints"), errors);
    Elements.eachString(
        node.array("spec", "podCIDRs"),
        SPEC.child("podCIDRs"),
        (range, path) -> Formats.cidr(range).forEach(wrong -> errors.invalid(path, range, wrong)));
  }

  static void validateUpdate(JsonObject node, JsonObject old, FieldErrors errors) {
    Set<JsonObject> addresses = new HashSet<>();
    Elements.each(
        node.array("status", "addresses"),
        FieldPath.of("status").child("addresses"),
        (address, path) -> {
          if (!addresses.add(address)) {
            errors.duplicate(path, address);
          }
        });
    JsonArray ranges = old.array("spec", "podCIDRs");
    if (!ranges.isEmpty() && !ranges.equals(node.array("spec", "podCIDRs"))) {
      errors.forbidden(
          SPEC.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
    }
    String provider = old.string("spec", "providerID");
    if (!provider.isEmpty() && !provider.equals(node.string("spec", "providerID"))) {
      errors.forbidden(
          SPEC.child("providerID"),
          "node updates may not change providerID except from \"\" to valid");
    }
    validateTaints(node.array("spec", "taints"), errors);
  }

  private static void validateTaints(JsonArray taints, FieldErrors errors) {
    Set<String> seen = new HashSet<>();
    Elements.each(
        taints,
        FieldPath.of("metadata").child("taints"),
        (taint, path) -> {
          String key = taint.string("key");
          Names.qualifiedName(key).forEach(w -> errors.invalid(path.child("key"), key, w));
          String value = taint.string("value");
          ImmutableList<String> wrong = Names.labelValue(value);
          if (!wrong.isEmpty()) {
            errors.invalid(path.child("value"), value, String.join(";", wrong));
          }
          String effect = taint.string("effect");
          if (effect.isEmpty()) {
            errors.required(path.child("effect"), "");
          } else if (!EFFECTS.contains(effect)) {
            errors.notSupported(path.child("effect"), effect, EFFECTS);
          }
          if (!seen.add(key + "=" + effect)) {
            errors.duplicate(
                path,
                InternalTypes.of("Taint", taint),
                "taints must be unique by key and effect pair");
          }
        });
  }
}
