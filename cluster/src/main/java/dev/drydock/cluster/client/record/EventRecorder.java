package dev.drydock.cluster.client.record;

import dev.drydock.cluster.apimachinery.errors.StatusException;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.meta.Times;
import dev.drydock.cluster.client.Client;
import java.time.Instant;
import java.util.Optional;

/// Records events about objects. The same event about the same object is not written anew but
/// counted, many similar ones become one, and an object that has very many gets no more.
///
/// Models client-go/tools/record.
///
/// @param component who reports: `kubelet`
/// @param host on which node; empty for the control plane
public record EventRecorder(Client client, Instant now, String component, String host) {

  static final String COMBINED = "(combined from similar events): ";

  /// Who an event is about.
  ///
  /// @param fieldPath the part of the object, such as `spec.containers{web}`; may be empty
  public record Subject(JsonObject object, String fieldPath) {
    public static Subject of(JsonObject object) {
      return new Subject(object, "");
    }
  }

  public void normal(Subject subject, String reason, String message) {
    record(subject, "Normal", reason, message);
  }

  public void warning(Subject subject, String reason, String message) {
    record(subject, "Warning", reason, message);
  }

  private void record(Subject subject, String type, String reason, String message) {
    JsonObject reference = reference(subject);
    String namespace = ObjectMeta.namespace(subject.object());
    String in = namespace.isEmpty() ? "default" : namespace;
    EventHistory history = EventHistory.of(this, in, reference);
    if (history.isSpam(now)) {
      return;
    }
    String told = history.isOneOfMany(type, reason, message, now) ? COMBINED + message : message;
    try {
      Optional<JsonObject> same = history.same(type, reason, told);
      if (same.isPresent()) {
        client.update("events", counted(same.get(), told));
      } else {
        client.create("events", event(in, reference, type, reason, told));
      }
    } catch (StatusException e) {
      // As upstream: an event that is refused (its namespace is going away, say) is dropped.
    }
  }

  private JsonObject counted(JsonObject event, String message) {
    return event
        .with("message", message)
        .with("count", Json.of(event.integer(1, "count") + 1))
        .with("lastTimestamp", Times.seconds(now));
  }

  private static JsonObject reference(Subject subject) {
    JsonObject object = subject.object();
    return JsonObject.builder()
        .put("kind", object.string("kind"))
        .putUnlessEmpty("namespace", ObjectMeta.namespace(object))
        .put("name", ObjectMeta.name(object))
        .putUnlessEmpty("uid", uid(object))
        .put("apiVersion", object.string("apiVersion"))
        .putUnlessEmpty("resourceVersion", ObjectMeta.resourceVersion(object))
        .putUnlessEmpty("fieldPath", subject.fieldPath())
        .build()
        .without("resourceVersion");
  }

  /// The events of a static pod are about what is on the node, not about its image in the API.
  private static String uid(JsonObject object) {
    String hash = object.string("metadata", "annotations", "kubernetes.io/config.mirror");
    return hash.isEmpty() ? ObjectMeta.uid(object) : hash;
  }

  private JsonObject event(
      String namespace, JsonObject reference, String type, String reason, String message) {
    String name = reference.string("name") + "." + suffix(namespace, reference);
    return JsonObject.builder()
        .put("metadata", JsonObject.builder().put("name", name).put("namespace", namespace).build())
        .put("involvedObject", reference)
        .put("reason", reason)
        .put("message", message)
        .put(
            "source",
            JsonObject.builder().put("component", component).putUnlessEmpty("host", host).build())
        .put("firstTimestamp", Times.seconds(now))
        .put("lastTimestamp", Times.seconds(now))
        .put("count", 1)
        .put("type", type)
        .put("eventTime", dev.drydock.cluster.apimachinery.json.JsonNull.NULL)
        .put("reportingComponent", component)
        .put("reportingInstance", host)
        .build();
  }

  /// The time in nanoseconds, in hexadecimal, as upstream names events; counted on where taken.
  private String suffix(String namespace, JsonObject reference) {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    while (client
        .get("events", namespace, reference.string("name") + "." + Long.toHexString(nanos))
        .isPresent()) {
      nanos++;
    }
    return Long.toHexString(nanos);
  }
}
