package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Instant;
import java.util.OptionalLong;

/// How an object is marked for deletion: grace period, finalizers of the propagation policy.
///
/// Models rest.BeforeDelete and deletionFinalizersForGarbageCollection.
final class Deletions {
  static final String ORPHAN = "orphan";
  static final String FOREGROUND = "foregroundDeletion";

  private Deletions() {}

  static JsonObject mark(JsonObject old, JsonObject options, Strategy strategy, Instant now) {
    JsonObject object = withPropagation(old, options, strategy);
    long requested = options.integer(-1, "gracePeriodSeconds");
    OptionalLong grace = strategy.gracePeriodSeconds(old, requested);
    if (ObjectMeta.isBeingDeleted(old)) {
      return grace.isPresent() ? shortened(object, requested, now) : object;
    }
    long seconds = grace.orElse(0);
    object =
        ObjectMeta.change(
            object,
            metadata ->
                metadata.toBuilder()
                    .put("deletionTimestamp", Times.seconds(Times.after(now, seconds)))
                    .put("deletionGracePeriodSeconds", seconds)
                    .build());
    return withNextGeneration(strategy.beginDeletion(object));
  }

  private static JsonObject withNextGeneration(JsonObject object) {
    long generation = object.integer(0, "metadata", "generation");
    return generation > 0 ? ObjectMeta.with(object, "generation", Json.of(generation + 1)) : object;
  }

  /// A second deletion may shorten the grace period, not lengthen it.
  private static JsonObject shortened(JsonObject object, long requested, Instant now) {
    long current = object.integer(0, "metadata", "deletionGracePeriodSeconds");
    if (requested < 0 || requested >= current) {
      return object;
    }
    Instant end =
        Times.after(
            Times.parse(object.string("metadata", "deletionTimestamp")).orElse(now),
            requested - current);
    Instant notBefore = end.isBefore(now) ? now : end;
    return ObjectMeta.change(
        object,
        metadata ->
            metadata.toBuilder()
                .put("deletionTimestamp", Times.seconds(notBefore))
                .put("deletionGracePeriodSeconds", requested)
                .build());
  }

  private static JsonObject withPropagation(
      JsonObject object, JsonObject options, Strategy strategy) {
    String policy = options.string("propagationPolicy");
    if (options.at("orphanDependents") != null) {
      policy = options.bool("orphanDependents") ? "Orphan" : "Background";
    }
    return switch (policy) {
      case "Orphan" -> withFinalizer(object, ORPHAN, FOREGROUND);
      case "Foreground" -> withFinalizer(object, FOREGROUND, ORPHAN);
      case "Background" -> withFinalizer(object, "", ORPHAN, FOREGROUND);
      default -> strategy.orphansByDefault() ? withFinalizer(object, ORPHAN, FOREGROUND) : object;
    };
  }

  private static JsonObject withFinalizer(JsonObject object, String add, String... drop) {
    JsonArray before = ObjectMeta.finalizers(object);
    JsonArray after =
        JsonArray.copyOf(
            before.items().stream()
                .filter(item -> !java.util.List.of(drop).contains(text(item)))
                .toList());
    if (!add.isEmpty() && after.strings().noneMatch(add::equals)) {
      after = after.plus(Json.of(add));
    }
    if (after.equals(before)) {
      return object;
    }
    return after.isEmpty()
        ? ObjectMeta.without(object, "finalizers")
        : ObjectMeta.with(object, "finalizers", after);
  }

  private static String text(Json item) {
    return item instanceof JsonString(String value) ? value : "";
  }
}
