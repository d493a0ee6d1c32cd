package dev.drydock.cluster.registry.storage.storageclass;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.resource.NodeLabels;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/// The rules of storage classes. Models pkg/registry/storage/storageclass.
public final class StorageClassStrategy implements Strategy {
  private static final ImmutableList<String> POLICIES = ImmutableList.of("Delete", "Retain");
  private static final ImmutableList<String> MODES =
      ImmutableList.of("Immediate", "WaitForFirstConsumer");

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return false;
  }

  @Override
  public JsonObject applyDefaults(JsonObject object) {
    return Defaulting.value(
        Defaulting.value(object, "reclaimPolicy", "Delete"), "volumeBindingMode", "Immediate");
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    String provisioner = object.string("provisioner");
    FieldPath path = FieldPath.of("provisioner");
    if (provisioner.isEmpty()) {
      errors.required(path, "");
    } else {
      errors.invalid(path, provisioner, Names.qualifiedName(provisioner.toLowerCase(Locale.ROOT)));
    }
    for (String key : object.object("parameters").fields().keySet()) {
      if (key.isEmpty()) {
        errors.invalid(FieldPath.of("parameters"), "", "field can not be empty.");
      }
    }
    Choices.optional(object, "reclaimPolicy", FieldPath.of("reclaimPolicy"), POLICIES, errors);
    Choices.required(object, "volumeBindingMode", FieldPath.of("volumeBindingMode"), MODES, errors);
    validateTopologies(object, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    for (String field : new String[] {"parameters", "provisioner", "reclaimPolicy"}) {
      if (!Objects.equals(object.get(field), old.get(field))) {
        errors.forbidden(FieldPath.of(field), "updates to " + field + " are forbidden.");
      }
    }
    String mode = object.string("volumeBindingMode");
    if (!mode.equals(old.string("volumeBindingMode"))) {
      errors.invalid(FieldPath.of("volumeBindingMode"), mode, Formats.IMMUTABLE);
    }
  }

  private static void validateTopologies(JsonObject object, FieldErrors errors) {
    Elements.each(
        object.array("allowedTopologies"),
        FieldPath.of("allowedTopologies"),
        (term, termPath) -> {
          Set<String> keys = new HashSet<>();
          Elements.each(
              term.array("matchLabelExpressions"),
              termPath.child("matchLabelExpressions"),
              (expression, at) -> {
                validateExpression(expression, at, errors);
                String key = expression.string("key");
                if (!keys.add(key)) {
                  errors.duplicate(at.child("key"), Json.of(key));
                }
              });
        });
  }

  private static void validateExpression(
      JsonObject expression, FieldPath path, FieldErrors errors) {
    if (expression.array("values").isEmpty()) {
      errors.required(path.child("values"), "");
    }
    Set<String> values = new HashSet<>();
    Elements.eachString(
        expression.array("values"),
        path.child("values"),
        (value, at) -> {
          if (!values.add(value)) {
            errors.duplicate(at, Json.of(value));
          }
        });
    String key = expression.string("key");
    errors.invalid(path.child("key"), key, Names.qualifiedName(key));
  }

  @Override
  public ImmutableList<String> warnings(JsonObject object) {
    ImmutableList.Builder<String> warnings = ImmutableList.builder();
    Elements.each(
        object.array("allowedTopologies"),
        FieldPath.of("allowedTopologies"),
        (term, termPath) ->
            Elements.each(
                term.array("matchLabelExpressions"),
                termPath.child("matchLabelExpressions"),
                (expression, at) -> {
                  String key = expression.string("key");
                  if (!NodeLabels.deprecation(key).isEmpty()) {
                    warnings.add(
                        at.child("key") + ": " + key + " is " + NodeLabels.deprecation(key));
                  }
                }));
    return warnings.build();
  }
}
