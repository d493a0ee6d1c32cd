package dev.drydock.cluster.controller;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads and changes the list of conditions in a status.
public final class Conditions {
  private Conditions() {}

  public static Optional<JsonObject> find(JsonObject status, String type) {
    return status
        .array("conditions")
        .objects()
        .filter(condition -> condition.string("type").equals(type))
        .findFirst();
  }

  public static boolean isTrue(JsonObject status, String type) {
    return find(status, type).filter(c -> c.string("status").equals("True")).isPresent();
  }

  public static JsonObject condition(
      String type, String status, String reason, String message, Instant now) {
    return JsonObject.builder()
        .put("type", type)
        .put("status", status)
        .put("lastTransitionTime", Times.seconds(now))
        .putUnlessEmpty("reason", reason)
        .putUnlessEmpty("message", message)
        .build();
  }

  /// Puts a condition in the place of the one of its type, unless that has the same status and
  /// reason; the time of the last transition stays where the status does.
  public static JsonObject set(JsonObject status, JsonObject condition) {
    Optional<JsonObject> old = find(status, condition.string("type"));
    if (old.isEmpty()) {
      return status.with("conditions", status.array("conditions").plus(condition));
    }
    boolean sameStatus = old.get().string("status").equals(condition.string("status"));
    if (sameStatus && old.get().string("reason").equals(condition.string("reason"))) {
      return status;
    }
    JsonObject kept =
        sameStatus && old.get().has("lastTransitionTime")
            ? condition.with("lastTransitionTime", old.get().string("lastTransitionTime"))
            : condition;
    JsonObject without = remove(status, condition.string("type"));
    return without.with("conditions", without.array("conditions").plus(kept));
  }

  public static JsonObject remove(JsonObject status, String type) {
    List<JsonObject> left =
        status
            .array("conditions")
            .objects()
            .filter(condition -> !condition.string("type").equals(type))
            .toList();
    return left.isEmpty()
        ? status.without("conditions")
        : status.with("conditions", JsonArray.copyOf(left));
  }
}
