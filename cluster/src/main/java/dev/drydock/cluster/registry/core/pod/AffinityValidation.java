package dev.drydock.cluster.registry.core.pod;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.LabelSelectorValidation;
import dev.drydock.cluster.apimachinery.validation.Names;
import java.util.List;

/// Checks near which nodes and pods a pod wants to be. Models validateAffinity in
/// pkg/apis/core/validation.
final class AffinityValidation {
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final int WEIGHT_MAX = 100;

  private final FieldErrors errors;

  AffinityValidation(FieldErrors errors) {
    this.errors = errors;
  }

  void validate(JsonObject affinity, FieldPath path) {
    validateNodeAffinity(affinity.object("nodeAffinity"), path.child("nodeAffinity"));
    validatePodAffinity(affinity.object("podAffinity"), path.child("podAffinity"));
    validatePodAffinity(affinity.object("podAntiAffinity"), path.child("podAntiAffinity"));
  }

  private void validateNodeAffinity(JsonObject affinity, FieldPath path) {
    if (affinity.has(REQUIRED)) {
      NodeSelectorValidation.validate(affinity.object(REQUIRED), path.child(REQUIRED), errors);
    }
    Elements.each(
        affinity.array(PREFERRED),
        path.child(PREFERRED),
        (term, at) -> {
          validateWeight(term, at);
          NodeSelectorValidation.validateTerm(
              term.object("preference"), false, at.child("preference"), errors);
        });
  }

  private void validatePodAffinity(JsonObject affinity, FieldPath path) {
    Elements.each(affinity.array(REQUIRED), path.child(REQUIRED), this::validateTerm);
    Elements.each(
        affinity.array(PREFERRED),
        path.child(PREFERRED),
        (term, at) -> {
          validateWeight(term, at);
          validateTerm(term.object("podAffinityTerm"), at.child("podAffinityTerm"));
        });
  }

  private void validateWeight(JsonObject term, FieldPath path) {
    long weight = term.integer(0, "weight");
    if (weight <= 0 || weight > WEIGHT_MAX) {
      errors.invalid(path.child("weight"), weight, "must be in the range 1-100");
    }
  }

  private void validateTerm(JsonObject term, FieldPath path) {
    LabelSelectorValidation.validate(
        term.object("labelSelector"), path.child("labelSelector"), errors);
    LabelSelectorValidation.validate(
        term.object("namespaceSelector"), path.child("namespaceSelector"), errors);
    Elements.eachString(
        term.array("namespaces"),
        path,
        (namespace, _) ->
            errors.invalid(path.child("namespace"), namespace, Names.dns1123Label(namespace)));
    validateKeys(term, "matchLabelKeys", path);
    validateKeys(term, "mismatchLabelKeys", path);
    validateOverlap(term, path);
    String key = term.string("topologyKey");
    if (key.isEmpty()) {
      errors.required(path.child("topologyKey"), "can not be empty");
    }
    LabelSelectorValidation.validateKey(key, path.child("topologyKey"), errors);
  }

  private void validateKeys(JsonObject term, String field, FieldPath path) {
    JsonArray keys = term.array(field);
    if (!keys.isEmpty() && !term.has("labelSelector")) {
      errors.forbidden(path.child(field), "must not be specified when labelSelector is not set");
      return;
    }
    Elements.eachString(
        keys, path.child(field), (key, at) -> LabelSelectorValidation.validateKey(key, at, errors));
  }

  /// A merged key stands in the selector once; a second time it was the user's.
  private void validateOverlap(JsonObject term, FieldPath path) {
    List<String> selected = LabelSelectorValidation.keys(term.object("labelSelector"));
    List<String> mismatched = term.array("mismatchLabelKeys").strings().toList();
    Elements.eachString(
        term.array("matchLabelKeys"),
        path,
        (key, at) -> {
          if (selected.indexOf(key) != selected.lastIndexOf(key)) {
            errors.invalid(at, key, "exists in both matchLabelKeys and labelSelector");
          }
        });
    Elements.eachString(
        term.array("matchLabelKeys"),
        path.child("matchLabelKeys"),
        (key, at) -> {
          if (mismatched.contains(key)) {
            errors.invalid(at, key, "exists in both matchLabelKeys and mismatchLabelKeys");
          }
        });
  }
}
