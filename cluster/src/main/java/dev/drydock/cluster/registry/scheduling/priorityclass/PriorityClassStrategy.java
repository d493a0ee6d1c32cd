package dev.drydock.cluster.registry.scheduling.priorityclass;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.Choices;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Formats;
import dev.drydock.cluster.registry.rest.Defaulting;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of priority classes. Models pkg/registry/scheduling/priorityclass.
public final class PriorityClassStrategy implements Strategy {
  private static final long USER_MAX = 1_000_000_000;
  private static final ImmutableMap<String, Long> SYSTEM =
      ImmutableMap.of(
          "system-node-critical", 2_000_001_000L, "system-cluster-critical", 2_000_000_000L);
  private static final ImmutableList<String> PREEMPTION =
      ImmutableList.of("PreemptLowerPriority", "Never");

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
    return Defaulting.value(
        Defaulting.pointer(object, "value", Json.of(0)),
        "preemptionPolicy",
        "PreemptLowerPriority");
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    String name = ObjectMeta.name(object);
    long value = object.integer(0, "value");
    if (name.startsWith("system-")) {
      Long known = SYSTEM.get(name);
      String wrong =
          known == null
              ? name + " is not a known system priority class"
              : known != value ? "value of %s PriorityClass must be %d".formatted(name, known) : "";
      if (!wrong.isEmpty()) {
        errors.forbidden(
            FieldPath.of("metadata").child("name"),
            "priority class names with 'system-' prefix are reserved for system use only. error: "
                + wrong);
      }
    } else if (value > USER_MAX) {
      errors.forbidden(
          FieldPath.of("value"), "maximum allowed value of a user defined priority is " + USER_MAX);
    }
    Choices.optional(
        object, "preemptionPolicy", FieldPath.of("preemptionPolicy"), PREEMPTION, errors);
  }

  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    if (object.integer(0, "value") != old.integer(0, "value")) {
      errors.forbidden(FieldPath.of("value"), "may not be changed in an update.");
    }
    String policy = object.string("preemptionPolicy");
    if (!policy.equals(old.string("preemptionPolicy"))) {
      errors.invalid(FieldPath.of("preemptionPolicy"), policy, Formats.IMMUTABLE);
    }
  }
}
