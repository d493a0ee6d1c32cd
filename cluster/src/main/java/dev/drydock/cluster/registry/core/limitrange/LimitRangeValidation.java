package dev.drydock.cluster.registry.core.limitrange;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.apimachinery.validation.Elements;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.core.resource.Quantities;
import dev.drydock.cluster.registry.core.resource.ResourceNames;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/// Checks limit ranges: their bounds must leave something between them.
///
/// Models ValidateLimitRange in pkg/apis/core/validation.
final class LimitRangeValidation {
  private static final FieldPath LIMITS = FieldPath.of("spec").child("limits");
  private static final ImmutableList<String> TYPES =
      ImmutableList.of("Container", "Pod", "PersistentVolumeClaim");
  private static final ImmutableList<String> BOUNDS =
      ImmutableList.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  private final JsonObject limit;
  private final FieldPath path;
  private final FieldErrors errors;

  private LimitRangeValidation(JsonObject limit, FieldPath path, FieldErrors errors) {
    this.limit = limit;
    this.path = path;
    this.errors = errors;
  }

  static void validate(JsonArray limits, FieldErrors errors) {
    Set<String> types = new HashSet<>();
    Elements.each(
        limits,
        LIMITS,
        (limit, path) -> {
          String type = limit.string("type");
          validateType(type, path.child("type"), errors);
          if (!types.add(type)) {
            errors.duplicate(path.child("type"), new JsonString(type));
          }
          new LimitRangeValidation(limit, path, errors).validate(type);
        });
  }

  private static void validateType(String type, FieldPath path, FieldErrors errors) {
    ImmutableList<String> wrong = Names.qualifiedName(type);
    errors.invalid(path, type, wrong);
    if (wrong.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
      errors.invalid(path, type, "must be a standard limit type or fully qualified");
    }
  }

  private void validate(String type) {
    boolean compute = type.equals("Pod") || type.equals("Container");
    Set<String> names = new TreeSet<>();
    for (String bound : BOUNDS) {
      if (type.equals("Pod") && bound.startsWith("default")) {
        if (limit.has(bound)) {
          errors.forbidden(path.child(bound), "may not be specified when `type` is 'Pod'");
        }
        continue;
      }
      for (String name : limit.object(bound).fields().keySet()) {
        FieldPath at = path.child(bound).key(name);
        if (compute) {
          ResourceNames.validateOfContainer(name, at, errors);
        } else {
          ResourceNames.validate(name, at, errors);
        }
        names.add(name);
      }
    }
    boolean bounded = limit.object("min").has("storage") || limit.object("max").has("storage");
    if (type.equals("PersistentVolumeClaim") && !bounded) {
      errors.required(
          path.child("limits"),
          "either minimum or maximum storage value is required, but neither was provided");
    }
    names.forEach(this::validateOrder);
  }

  private void validateOrder(String name) {
    order(name, "min", "min", "max", "max", "min");
    order(name, "min", "min", "defaultRequest", "default request", "defaultRequest");
    order(name, "defaultRequest", "default request", "max", "max", "defaultRequest");
    order(name, "defaultRequest", "default request", "default", "default limit", "defaultRequest");
    order(name, "min", "min", "default", "default", "default");
    order(name, "default", "default", "max", "max", "default");
    if (limit.object("maxLimitRequestRatio").has(name)) {
      validateRatio(name);
    }
    Quantity limits = Quantities.at(limit, "default", name);
    Quantity requests = Quantities.at(limit, "defaultRequest", name);
    if (!ResourceNames.mayBeOvercommitted(name)
        && limit.object("default").has(name)
        && limit.object("defaultRequest").has(name)
        && limits.compareTo(requests) != 0) {
      errors.invalid(
          path.child("defaultRequest").key(name),
          requests.toString(),
          "default value %s must equal to defaultRequest value %s in %s"
              .formatted(limits, requests, name));
    }
  }

  /// Refuses a lesser bound that is above a greater one.
  ///
  /// @param at the bound that the error is about
  private void order(
      String name, String low, String lowWords, String high, String highWords, String at) {
    if (!limit.object(low).has(name) || !limit.object(high).has(name)) {
      return;
    }
    Quantity lower = Quantities.at(limit, low, name);
    Quantity higher = Quantities.at(limit, high, name);
    if (lower.compareTo(higher) > 0) {
      Quantity shown =
          at.equals("default") && low.equals("default")
              ? higher
              : at.equals(low) || at.equals("default") ? lower : higher;
      errors.invalid(
          path.child(at).key(name),
          shown.toString(),
          "%s value %s is greater than %s value %s".formatted(lowWords, lower, highWords, higher));
    }
  }

  private void validateRatio(String name) {
    Quantity ratio = Quantities.at(limit, "maxLimitRequestRatio", name);
    FieldPath at = path.child("maxLimitRequestRatio").key(name);
    if (ratio.milliValue() < 1000) {
      errors.invalid(at, ratio.toString(), "ratio " + ratio + " is less than 1");
    }
    if (limit.object("min").has(name) && limit.object("max").has(name)) {
      double most =
          Quantities.at(limit, "max", name).amount().doubleValue()
              / Quantities.at(limit, "min", name).amount().doubleValue();
      if (ratio.amount().doubleValue() > most) {
        errors.invalid(
            at, ratio.toString(), "ratio %s is greater than max/min = %f".formatted(ratio, most));
      }
    }
  }
}
