package dev.drydock.cluster.apiserver.handlers;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.schema.ApiResource;
import dev.drydock.cluster.registry.rest.ResourceStore;
import dev.drydock.cluster.storage.StoredObject;

/// The versions of objects that two resources share, as `events` of the core and of the events
/// group do. Each object is stored once; here it is shown as the version asked for.
final class Versions {
  private Versions() {}

  /// Whether the resource shows objects that are stored as another.
  static boolean areShared(ResourceStore store) {
    return !store.storageName().equals(store.resource().groupResource());
  }

  static JsonObject of(JsonObject object, ApiResource resource) {
    String wanted = resource.groupVersion().toString();
    return wanted.equals(object.string("apiVersion")) ? object : convert(object, wanted);
  }

  private static JsonObject convert(JsonObject object, String apiVersion) {
    JsonObject converted = object.with("apiVersion", apiVersion);
    return apiVersion.equals("events.k8s.io/v1") ? Events.toEventsGroup(converted) : converted;
  }

  /// An object a client sent, in the version it is stored in.
  static JsonObject toStored(JsonObject object, ResourceStore store) {
    return areShared(store) ? Events.toCore(object) : object;
  }

  static ImmutableList<StoredObject> of(ImmutableList<StoredObject> items, ResourceStore store) {
    return items.stream()
        .map(item -> item.with(of(item.object(), store.resource())))
        .collect(ImmutableList.toImmutableList());
  }

  /// The two shapes of an event. Models pkg/apis/events/v1/conversion.go.
  static final class Events {
    private static final String[][] NAMES = {
      {"involvedObject", "regarding"},
      {"message", "note"},
      {"source", "deprecatedSource"},
      {"firstTimestamp", "deprecatedFirstTimestamp"},
      {"lastTimestamp", "deprecatedLastTimestamp"},
      {"count", "deprecatedCount"},
      {"reportingComponent", "reportingController"}
    };

    private Events() {}

    static JsonObject toEventsGroup(JsonObject event) {
      return renamed(event, 0, 1);
    }

    static JsonObject toCore(JsonObject event) {
      return renamed(event, 1, 0).with("apiVersion", "v1");
    }

    private static JsonObject renamed(JsonObject event, int from, int to) {
      JsonObject.Builder renamed = event.toBuilder();
      for (String[] name : NAMES) {
        var value = event.get(name[from]);
        if (value != null) {
          renamed.remove(name[from]).put(name[to], value);
        }
      }
      return renamed.build();
    }
  }
}
