package dev.drydock.cluster.registry.core.event;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.registry.rest.Conversion;

/// An event of events.k8s.io and the event of the core group it is stored as: they say the same
/// with other field names. Models pkg/apis/events/v1/conversion.go.
public final class EventConversion implements Conversion {
  private static final String[][] NAMES = {
    {"involvedObject", "regarding"},
    {"message", "note"},
    {"source", "deprecatedSource"},
    {"firstTimestamp", "deprecatedFirstTimestamp"},
    {"lastTimestamp", "deprecatedLastTimestamp"},
    {"count", "deprecatedCount"},
    {"reportingComponent", "reportingController"}
  };

  @Override
  public JsonObject toStored(JsonObject event) {
    JsonObject core = renamed(event, 1, 0).with("apiVersion", "v1");
    for (String always : new String[] {"firstTimestamp", "lastTimestamp", "eventTime"}) {
      core = core.has(always) ? core : core.with(always, JsonNull.NULL);
    }
    for (String always : new String[] {"reportingComponent", "reportingInstance"}) {
      core = core.has(always) ? core : core.with(always, "");
    }
    return core.has("source") ? core : core.with("source", JsonObject.EMPTY);
  }

  @Override
  public JsonObject fromStored(JsonObject event) {
    JsonObject.Builder shown = renamed(event, 0, 1).toBuilder();
    for (String optional : new String[] {"reportingController", "reportingInstance"}) {
      if (event.string(optional.replace("Controller", "Component")).isEmpty()) {
        shown.remove(optional);
      }
    }
    return shown.put("apiVersion", "events.k8s.io/v1").build();
  }

  private static JsonObject renamed(JsonObject event, int from, int to) {
    JsonObject.Builder renamed = event.toBuilder();
    for (String[] name : NAMES) {
      Json value = event.get(name[from]);
      if (value != null) {
        renamed.remove(name[from]).put(name[to], value);
      }
    }
    return renamed.build();
  }
}
