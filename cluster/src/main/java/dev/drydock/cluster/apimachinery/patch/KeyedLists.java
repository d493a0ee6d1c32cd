package dev.drydock.cluster.apimachinery.patch;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.patch.PatchException.Answer;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Merging and ordering of lists whose items are objects with a key, or scalars that are each their
/// own.
final class KeyedLists {
  private KeyedLists() {}

  /// A list without the given scalars.
  static JsonArray without(JsonArray list, JsonArray items) {
    return JsonArray.copyOf(
        list.items().stream().filter(item -> !items.items().contains(item)).toList());
  }

  static JsonArray merge(
      @Nullable TypeSchema itemType, String mergeKey, JsonArray old, JsonArray change)
      throws PatchException {
    if (old.isEmpty() && change.isEmpty()) {
      return old;
    }
    checkOneKindOfItems(old, change);
    if (!holdsObjects(old, change)) {
      LinkedHashSet<Json> both = new LinkedHashSet<>(old.items());
      both.addAll(change.items());
      return ordered(JsonArray.copyOf(both), change, old, "");
    }
    if (mergeKey.isEmpty()) {
      throw StrategicMergePatch.internal(
          "cannot merge lists without merge key for type " + goName(itemType));
    }
    return mergeObjects(itemType, mergeKey, old, change);
  }

  private static String goName(@Nullable TypeSchema type) {
    return type == null ? "" : type.goName();
  }

  private static JsonArray mergeObjects(
      @Nullable TypeSchema itemType, String mergeKey, JsonArray old, JsonArray change)
      throws PatchException {
    List<Json> merged = new ArrayList<>(old.items());
    List<Json> plain = new ArrayList<>();
    boolean replace = false;
    for (Json item : change) {
      JsonObject object = (JsonObject) item;
      Json directive = object.get(StrategicMergePatch.DIRECTIVE);
      if (directive == null) {
        plain.add(item);
      } else {
        replace |= direct(directive, object, mergeKey, merged);
      }
    }
    if (replace) {
      return JsonArray.copyOf(plain);
    }
    for (Json item : plain) {
      mergeItem(itemType, mergeKey, merged, (JsonObject) item);
    }
    return ordered(JsonArray.copyOf(merged), JsonArray.copyOf(plain), old, mergeKey);
  }

  /// Whether the directive says that the patch's list replaces the old one.
  private static boolean direct(Json directive, JsonObject item, String mergeKey, List<Json> merged)
      throws PatchException {
    String name = directive instanceof JsonString(String text) ? text : "";
    switch (name) {
      case "delete" -> {
        Json key = key(item, mergeKey);
        merged.removeIf(
            old -> old instanceof JsonObject object && key.equals(object.get(mergeKey)));
      }
      case "replace" -> {
        return true;
      }
      case "merge" ->
          throw StrategicMergePatch.internal("merging lists cannot yet be specified in the patch");
      default -> throw StrategicMergePatch.unknownDirective(directive, item);
    }
    return false;
  }

  private static void mergeItem(
      @Nullable TypeSchema itemType, String mergeKey, List<Json> merged, JsonObject item)
      throws PatchException {
    Json key = key(item, mergeKey);
    for (int i = 0; i < merged.size(); i++) {
      if (merged.get(i) instanceof JsonObject old && key.equals(old.get(mergeKey))) {
        merged.set(i, StrategicMergePatch.merge(itemType, old, item));
        return;
      }
    }
    merged.add(item);
  }

  private static Json key(JsonObject item, String mergeKey) throws PatchException {
    Json key = item.get(mergeKey);
    if (key == null) {
      throw StrategicMergePatch.internal(
          "map: " + GoFormat.of(item) + " does not contain declared merge key: " + mergeKey);
    }
    return key;
  }

  /// The list in the order that a patch asks for: its items in the order given, the others in the
  /// order they had, and before an item of the patch if they were before.
  static JsonArray ordered(JsonArray list, JsonArray order, JsonArray before, String mergeKey)
      throws PatchException {
    Map<Json, Integer> wanted = indexes(order, mergeKey);
    Map<Json, Integer> had = indexes(before, mergeKey);
    List<Json> patched = new ArrayList<>();
    List<Json> others = new ArrayList<>();
    for (Json item : list) {
      (wanted.containsKey(identity(item, mergeKey)) ? patched : others).add(item);
    }
    Comparator<Json> byWanted =
        Comparator.comparingInt(item -> wanted.getOrDefault(identity(item, mergeKey), 0));
    patched.sort(byWanted);
    return interleaved(others, patched, had, mergeKey);
  }

  private static JsonArray interleaved(
      List<Json> others, List<Json> patched, Map<Json, Integer> had, String mergeKey) {
    ImmutableList.Builder<Json> items = ImmutableList.builder();
    int i = 0;
    int j = 0;
    while (i < others.size() || j < patched.size()) {
      boolean takeOther =
          j >= patched.size()
              || i < others.size() && wasBefore(others.get(i), patched.get(j), had, mergeKey);
      items.add(takeOther ? others.get(i++) : patched.get(j++));
    }
    return new JsonArray(items.build());
  }

  private static boolean wasBefore(Json left, Json right, Map<Json, Integer> had, String mergeKey) {
    Integer leftIndex = had.get(identity(left, mergeKey));
    Integer rightIndex = had.get(identity(right, mergeKey));
    return leftIndex != null && rightIndex != null && leftIndex < rightIndex;
  }

  private static Map<Json, Integer> indexes(JsonArray list, String mergeKey) {
    Map<Json, Integer> indexes = new HashMap<>();
    for (int i = 0; i < list.size(); i++) {
      indexes.putIfAbsent(identity(list.get(i), mergeKey), i);
    }
    return indexes;
  }

  private static Json identity(Json item, String mergeKey) {
    Json key =
        mergeKey.isEmpty() || !(item instanceof JsonObject object) ? item : object.get(mergeKey);
    return key == null ? item : key;
  }

  /// A patch's items must stand in the order that the patch tells.
  static void checkOrder(JsonArray items, JsonArray order, String mergeKey) throws PatchException {
    List<Json> wanted = order.items().stream().map(item -> identity(item, mergeKey)).toList();
    int at = 0;
    for (Json item : items) {
      if (isDeletion(item)) {
        continue;
      }
      Json identity =
          mergeKey.isEmpty() || !(item instanceof JsonObject object) ? item : key(object, mergeKey);
      while (at < wanted.size() && !wanted.get(at).equals(identity)) {
        at++;
      }
      if (at == wanted.size()) {
        throw StrategicMergePatch.internal(
            "The order in patch list:\n%s\n doesn't match $setElementOrder list:\n%s\n"
                .formatted(GoFormat.of(items), GoFormat.of(order)));
      }
    }
  }

  private static boolean isDeletion(Json item) {
    return item instanceof JsonObject object && object.has(StrategicMergePatch.DIRECTIVE);
  }

  private static boolean holdsObjects(JsonArray old, JsonArray change) {
    return (change.isEmpty() ? old : change).get(0) instanceof JsonObject;
  }

  private static void checkOneKindOfItems(JsonArray old, JsonArray change) throws PatchException {
    String kind = (change.isEmpty() ? old : change).get(0).goKind();
    for (JsonArray list : List.of(old, change)) {
      for (Json item : list) {
        if (!item.goKind().equals(kind)) {
          throw StrategicMergePatch.internal(
              "list element types are not identical: ["
                  + GoFormat.of(old)
                  + " "
                  + GoFormat.of(change)
                  + "]");
        }
      }
    }
    if (kind.equals("array")) {
      throw new PatchException(Answer.UNPROCESSABLE, "lists of lists are not supported");
    }
  }
}
