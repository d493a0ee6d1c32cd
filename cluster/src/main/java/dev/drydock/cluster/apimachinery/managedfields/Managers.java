package dev.drydock.cluster.apimachinery.managedfields;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The managers of an object with their sets, while one request changes them.
final class Managers {
  /// As many updaters as are kept apart; older ones are then taken together.
  private static final int UPDATERS_MAX = 10;

  private static final String ANCIENT = "ancient-changes";

  /// What a manager has, and when it last changed.
  record Entry(FieldSet fields, String apiVersion, String time) {
    Entry with(FieldSet changed) {
      return new Entry(changed, apiVersion, time);
    }
  }

  private final Map<Manager, Entry> entries = new LinkedHashMap<>();

  /// Reads `metadata.managedFields`.
  static Managers of(@Nullable JsonObject object) {
    Managers managers = new Managers();
    if (object != null) {
      object
          .array("metadata", "managedFields")
          .objects()
          .filter(entry -> !entry.string("manager").isEmpty())
          .forEach(
              entry ->
                  managers.entries.put(
                      Manager.of(entry),
                      new Entry(
                          FieldSet.of(entry.object("fieldsV1")),
                          entry.string("apiVersion"),
                          entry.string("time"))));
    }
    return managers;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Map<Manager, Entry> entries() {
    return entries;
  }

  FieldSet fields(Manager manager) {
    Entry entry = entries.get(manager);
    return entry == null ? FieldSet.EMPTY : entry.fields();
  }

  void put(Manager manager, Entry entry) {
    if (entry.fields().isEmpty()) {
      entries.remove(manager);
    } else {
      entries.put(manager, entry);
    }
  }

  /// Changes the sets of all, and forgets managers that have nothing left.
  void changeAll(UnaryOperator<FieldSet> change) {
    entries.replaceAll((_, entry) -> entry.with(change.apply(entry.fields())));
    entries.values().removeIf(entry -> entry.fields().isEmpty());
  }

  void cap() {
    List<Manager> updaters =
        entries.keySet().stream()
            .filter(manager -> !manager.applies())
            .sorted(Comparator.comparing(manager -> time(manager)))
            .toList();
    int tooMany = updaters.size() - UPDATERS_MAX;
    if (tooMany <= 0) {
      return;
    }
    for (Manager old : updaters.subList(0, tooMany + 1)) {
      Entry entry = entries.remove(old);
      if (entry != null) {
        Manager ancient = new Manager(ANCIENT, false, old.apiVersion(), "");
        FieldSet all = fields(ancient).union(entry.fields());
        entries.put(ancient, new Entry(all, entry.apiVersion(), entry.time()));
      }
    }
  }

  private String time(Manager manager) {
    Entry entry = entries.get(manager);
    return entry == null ? "" : entry.time();
  }

  /// The object with these managers in its metadata.
  JsonObject writeTo(JsonObject object) {
    JsonArray list = json();
    return object.withObject(
        "metadata",
        metadata ->
            list.isEmpty()
                ? metadata.without("managedFields")
                : metadata.with("managedFields", list));
  }

  private JsonArray json() {
    Comparator<Manager> order =
        Comparator.comparing(Manager::operation)
            .thenComparing(this::time)
            .thenComparing(Manager::name)
            .thenComparing(Manager::apiVersion)
            .thenComparing(Manager::subresource);
    return JsonArray.copyOf(
        entries.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(order))
            .map(entry -> json(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static Json json(Manager manager, Entry entry) {
    return JsonObject.builder()
        .put("manager", manager.name())
        .put("operation", manager.operation())
        .put("apiVersion", entry.apiVersion())
        .putUnlessEmpty("time", entry.time())
        .put("fieldsType", "FieldsV1")
        .put("fieldsV1", entry.fields().json())
        .putUnlessEmpty("subresource", manager.subresource())
        .build();
  }
}
