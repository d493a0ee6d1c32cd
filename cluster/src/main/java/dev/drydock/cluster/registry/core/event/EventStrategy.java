package dev.drydock.cluster.registry.core.event;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of events, core and events.k8s.io. Models pkg/registry/core/event.
public final class EventStrategy implements Strategy {
  private static final ImmutableMap<String, String> CORE_NAMES =
      ImmutableMap.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp",
          "deprecatedCount", "count");

  @Override
  public boolean hasStatus() {
    return false;
  }

  /// Events of events.k8s.io are kept as core events, which say the same in other words.
  @Override
  public JsonObject applyDefaults(JsonObject object) {
    if (!object.string("apiVersion").startsWith("events.k8s.io/")) {
      return object;
    }
    JsonObject.Builder event = JsonObject.builder();
    object.fields().forEach((name, value) -> event.put(CORE_NAMES.getOrDefault(name, name), value));
    return event.put("apiVersion", "v1").build();
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    String about = object.string("involvedObject", "namespace");
    String namespace = ObjectMeta.namespace(object);
    FieldPath path = FieldPath.of("involvedObject").child("namespace");
    if (about.isEmpty() ? !namespace.equals("default") : !about.equals(namespace)) {
      errors.invalid(path, about, "does not match event.namespace");
    }
    Names.dns1123Subdomain(namespace)
        .forEach(wrong -> errors.invalid(FieldPath.of("namespace"), namespace, wrong));
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    String reporter = object.string("reportingComponent");
    String source = object.string("source", "component");
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    for (String field :
        new String[] {
          "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"
        }) {
      fields.put("involvedObject." + field, object.string("involvedObject", field));
    }
    return fields
        .put("reason", object.string("reason"))
        .put("reportingComponent", reporter)
        .put("source", source.isEmpty() ? reporter : source)
        .put("type", object.string("type"))
        .build();
  }
}
