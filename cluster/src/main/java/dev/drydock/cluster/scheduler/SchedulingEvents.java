package dev.drydock.cluster.scheduler;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.loop.ComponentContext;
import java.time.Instant;
import java.util.Optional;

/// The scheduler's events, which it writes in the newer form: an event time, an action, a series.
///
/// Models client-go/tools/events.
final class SchedulingEvents {
  private static final String REPORTER = "default-scheduler";

  private SchedulingEvents() {}

  static void record(
      ComponentContext context,
      JsonObject pod,
      String type,
      String reason,
      String action,
      String note) {
    try {
      Optional<JsonObject> same = same(context, pod, reason, note);
      if (same.isPresent()) {
        context.client().update("events", counted(same.get(), context.now()));
      } else {
        context.client().create("events", event(context, pod, type, reason, action, note));
      }
    } catch (StatusException e) {
      // As upstream: an event that is refused (its namespace is going away, say) is dropped.
    }
  }

  private static Optional<JsonObject> same(
      ComponentContext context, JsonObject pod, String reason, String note) {
    return context
        .client()
        .listByPrefix("events", ObjectMeta.namespace(pod), ObjectMeta.name(pod) + ".")
        .stream()
        .filter(event -> event.string("reason").equals(reason))
        .filter(event -> event.string("involvedObject", "uid").equals(ObjectMeta.uid(pod)))
        .filter(event -> event.string("message").equals(note))
        .findFirst();
  }

  private static JsonObject counted(JsonObject event, Instant now) {
    JsonObject series =
        JsonObject.builder()
            .put("count", event.integer(1, "series", "count") + 1)
            .put("lastObservedTime", Times.micros(now))
            .build();
    return event.with("series", series);
  }

  private static JsonObject event(
      ComponentContext context,
      JsonObject pod,
      String type,
      String reason,
      String action,
      String note) {
    Instant now = context.now();
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    String name = ObjectMeta.name(pod) + "." + Long.toHexString(nanos);
    JsonObject regarding =
        JsonObject.builder()
            .put("kind", "Pod")
            .put("namespace", ObjectMeta.namespace(pod))
            .put("name", ObjectMeta.name(pod))
            .put("uid", ObjectMeta.uid(pod))
            .put("apiVersion", "v1")
            .put("resourceVersion", ObjectMeta.resourceVersion(pod))
            .build();
    return JsonObject.builder()
        .put(
            "metadata",
            JsonObject.builder()
                .put("name", name)
                .put("namespace", ObjectMeta.namespace(pod))
                .build())
        .put("involvedObject", regarding)
        .put("reason", reason)
        .put("message", note)
        .put("source", JsonObject.EMPTY)
        .put("firstTimestamp", JsonNull.NULL)
        .put("lastTimestamp", JsonNull.NULL)
        .put("type", type)
        .put("eventTime", Times.micros(now))
        .put("action", action)
        .put("reportingComponent", REPORTER)
        .put("reportingInstance", REPORTER + "-" + "control-plane")
        .build();
  }
}
