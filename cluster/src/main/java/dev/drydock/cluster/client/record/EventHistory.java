package dev.drydock.cluster.client.record;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What a reporter has told of an object so far, read from the events themselves, and what follows
/// for the next one.
///
/// Models client-go/tools/record/events_cache.go, which keeps the same in memory.
final class EventHistory {
  /// The distinct messages with one reason from which on they are told as one.
  private static final int SIMILAR_MAX = 10;

  private static final Duration SIMILAR_FOR = Duration.ofMinutes(10);

  /// How many events about an object a reporter may write at once, and after what time one more.
  private static final int BURST = 25;

  private static final Duration REFILL = Duration.ofMinutes(5);

  private final JsonObject reference;
  private final ImmutableList<JsonObject> events;

  private EventHistory(JsonObject reference, ImmutableList<JsonObject> events) {
    this.reference = reference;
    this.events = events;
  }

  static EventHistory of(EventRecorder recorder, String namespace, JsonObject reference) {
    return new EventHistory(
        reference,
        recorder.client().listByPrefix("events", namespace, reference.string("name") + ".").stream()
            .filter(event -> event.string("source", "component").equals(recorder.component()))
            .filter(event -> event.string("source", "host").equals(recorder.host()))
            .filter(event -> isAbout(event, reference))
            .collect(ImmutableList.toImmutableList()));
  }

  /// Whether an event is about the object, whichever part of it.
  private static boolean isAbout(JsonObject event, JsonObject reference) {
    return event
        .object("involvedObject")
        .without("fieldPath")
        .equals(reference.without("fieldPath"));
  }

  boolean isSpam(Instant now) {
    long told = events.stream().mapToLong(event -> event.integer(1, "count")).sum();
    return told >= BURST && told >= BURST + refilled(now);
  }

  private long refilled(Instant now) {
    return events.stream()
        .flatMap(event -> Times.parse(event.string("firstTimestamp")).stream())
        .min(Instant::compareTo)
        .map(first -> Duration.between(first, now).dividedBy(REFILL))
        .orElse(0L);
  }

  boolean isOneOfMany(String type, String reason, String message, Instant now) {
    long others =
        similar(type, reason)
            .filter(event -> !event.string("message").startsWith(EventRecorder.COMBINED))
            .filter(event -> isRecent(event, now))
            .map(event -> event.string("message"))
            .filter(told -> !told.equals(message))
            .distinct()
            .limit(SIMILAR_MAX)
            .count();
    return others >= SIMILAR_MAX - 1;
  }

  private static boolean isRecent(JsonObject event, Instant now) {
    return Times.parse(event.string("lastTimestamp"))
        .filter(last -> Duration.between(last, now).compareTo(SIMILAR_FOR) <= 0)
        .isPresent();
  }

  private Stream<JsonObject> similar(String type, String reason) {
    return events.stream()
        .filter(event -> event.string("type").equals(type))
        .filter(event -> event.string("reason").equals(reason));
  }

  /// The event that is counted on instead of writing another.
  Optional<JsonObject> same(String type, String reason, String message) {
    boolean combined = message.startsWith(EventRecorder.COMBINED);
    return similar(type, reason)
        .filter(
            event ->
                combined
                    ? event.string("message").startsWith(EventRecorder.COMBINED)
                    : event.string("message").equals(message))
        .filter(event -> event.object("involvedObject").equals(reference))
        .findFirst();
  }
}
