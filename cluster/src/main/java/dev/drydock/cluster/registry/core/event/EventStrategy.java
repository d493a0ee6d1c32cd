package dev.drydock.cluster.registry.core.event;

import com.google.common.collect.ImmutableMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.meta.ObjectMeta;
import dev.drydock.cluster.apimachinery.validation.FieldErrors;
import dev.drydock.cluster.apimachinery.validation.FieldPath;
import dev.drydock.cluster.apimachinery.validation.Names;
import dev.drydock.cluster.registry.rest.Strategy;

/// The rules of events, in the shape of the core group. Events of the new kind have an `eventTime`;
/// those written through events.k8s.io must be of it.
///
/// Models pkg/registry/core/event and ValidateEventCreate.
public final class EventStrategy implements Strategy {
  private static final int WORD_MAX = 128;
  private static final int MESSAGE_MAX = 1024;

  private final boolean eventsGroup;

  /// @param eventsGroup whether the events are written and selected as those of events.k8s.io
  public EventStrategy(boolean eventsGroup) {
    this.eventsGroup = eventsGroup;
  }

  @Override
  public boolean hasStatus() {
    return false;
  }

  @Override
  public boolean allowCreateOnUpdate() {
    return true;
  }

  @Override
  public void validate(JsonObject object, FieldErrors errors) {
    boolean newKind = object.get("eventTime") instanceof JsonString;
    validateNamespace(object, newKind, errors);
    if (newKind) {
      validateNewKind(object, errors);
    }
    String namespace = ObjectMeta.namespace(object);
    Names.dns1123Subdomain(namespace)
        .forEach(wrong -> errors.invalid(FieldPath.of("namespace"), namespace, wrong));
    if (eventsGroup) {
      validateEventsGroup(object, newKind, errors);
    }
  }

  private static void validateNamespace(JsonObject object, boolean newKind, FieldErrors errors) {
    String about = object.string("involvedObject", "namespace");
    String namespace = ObjectMeta.namespace(object);
    boolean anywhere = namespace.equals("default") || newKind && namespace.equals("kube-system");
    boolean agrees = about.isEmpty() ? anywhere : newKind || about.equals(namespace);
    if (!agrees) {
      errors.invalid(
          FieldPath.of("involvedObject").child("namespace"),
          about,
          "does not match event.namespace");
    }
  }

  private void validateNewKind(JsonObject object, FieldErrors errors) {
    String reporter = object.string("reportingComponent");
    FieldPath reporterPath =
        FieldPath.of(eventsGroup ? "reportingController" : "reportingComponent");
    if (reporter.isEmpty()) {
      errors.required(reporterPath, "");
    }
    Names.qualifiedName(reporter).forEach(wrong -> errors.invalid(reporterPath, reporter, wrong));
    for (String word : new String[] {"reportingInstance", "action", "reason"}) {
      if (object.string(word).isEmpty()) {
        errors.required(FieldPath.of(word), "");
      }
      validateLength(object, word, WORD_MAX, errors);
    }
    validateLength(object, "message", MESSAGE_MAX, errors);
  }

  private static void validateLength(JsonObject object, String field, int max, FieldErrors errors) {
    if (object.string(field).length() > max) {
      errors.invalid(FieldPath.of(field), "", "can have at most " + max + " characters");
    }
  }

  private static void validateEventsGroup(JsonObject object, boolean newKind, FieldErrors errors) {
    if (!newKind) {
      errors.required(FieldPath.of("eventTime"), "");
    }
    String type = object.string("type");
    if (!type.equals("Normal") && !type.equals("Warning")) {
      errors.invalid(FieldPath.of("type"), "", "has invalid value: " + type);
    }
    for (String old : new String[] {"firstTimestamp", "lastTimestamp"}) {
      if (object.get(old) instanceof JsonString) {
        errors.invalid(FieldPath.of(old), "", "needs to be unset");
      }
    }
    if (object.integer(0, "count") != 0) {
      errors.invalid(FieldPath.of("count"), "", "needs to be unset");
    }
    if (!object.object("source").isEmpty()) {
      errors.invalid(FieldPath.of("source"), "", "needs to be unset");
    }
  }

  /// An event says what happened; of its later versions only the form is checked.
  @Override
  public void validateUpdate(JsonObject object, JsonObject old, FieldErrors errors) {
    new EventStrategy(false).validate(object, errors);
  }

  @Override
  public ImmutableMap<String, String> selectableFields(JsonObject object) {
    String about = eventsGroup ? "regarding." : "involvedObject.";
    String reporter = object.string("reportingComponent");
    String source = object.string("source", "component");
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    for (String field :
        new String[] {
          "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"
        }) {
      fields.put(about + field, object.string("involvedObject", field));
    }
    fields.put("reason", object.string("reason")).put("type", object.string("type"));
    return eventsGroup
        ? fields.put("reportingController", reporter).build()
        : fields
            .put("reportingComponent", reporter)
            .put("source", source.isEmpty() ? reporter : source)
            .build();
  }
}
