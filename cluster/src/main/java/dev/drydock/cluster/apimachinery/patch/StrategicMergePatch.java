package dev.drydock.cluster.apimachinery.patch;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.patch.PatchException.Answer;
import dev.drydock.cluster.apimachinery.schema.FieldSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ListType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.MapType;
import dev.drydock.cluster.apimachinery.schema.TypeSchema.ObjectType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Strategic merge patch: a merge patch in which lists whose items have a key merge item by item,
/// steered by `$patch`, `$retainKeys`, `$setElementOrder/…` and `$deleteFromPrimitiveList/…`.
///
/// Models apimachinery/pkg/util/strategicpatch.
public final class StrategicMergePatch {
  static final String DIRECTIVE = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String ELEMENT_ORDER = "$setElementOrder/";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";

  private StrategicMergePatch() {}

  /// @param type the type of the object that is patched
  public static JsonObject apply(ObjectType type, JsonObject original, JsonObject patch)
      throws PatchException {
    return merge(type, original, patch);
  }

  /// Merges one object; where the type is not known, its fields merge as in a merge patch.
  static JsonObject merge(@Nullable TypeSchema type, JsonObject original, JsonObject patch)
      throws PatchException {
    if (patch.get(DIRECTIVE) instanceof Json directive) {
      return directed(directive, patch);
    }
    Map<String, Json> merged = new LinkedHashMap<>(original.fields());
    Map<String, Json> changes = new LinkedHashMap<>(patch.fields());
    retainKeys(merged, changes);
    setElementOrders(type, merged, changes);
    for (Map.Entry<String, Json> change : changes.entrySet()) {
      merge(type, merged, change.getKey(), change.getValue());
    }
    return JsonObject.copyOf(merged);
  }

  private static JsonObject directed(Json directive, JsonObject patch) throws PatchException {
    String name = directive instanceof JsonString(String text) ? text : "";
    return switch (name) {
      case "replace" -> patch.without(DIRECTIVE);
      case "delete" -> JsonObject.EMPTY;
      default -> throw unknownDirective(directive, patch);
    };
  }

  static PatchException unknownDirective(Json directive, JsonObject patch) {
    return internal(
        "unknown patch type: " + GoFormat.of(directive) + " in map: " + GoFormat.of(patch));
  }

  private static void merge(
      @Nullable TypeSchema type, Map<String, Json> merged, String name, Json change)
      throws PatchException {
    boolean delete = name.startsWith(DELETE_FROM);
    String field = delete ? name.substring(DELETE_FROM.length()) : name;
    Json old = merged.get(field);
    if (change instanceof JsonNull) {
      merged.remove(field);
    } else if (old instanceof JsonObject oldObject && change instanceof JsonObject object) {
      merged.put(field, mergeObject(type, field, oldObject, object));
    } else if (old instanceof JsonArray oldArray && change instanceof JsonArray array) {
      merged.put(field, mergeList(type, field, oldArray, array, delete));
    } else if (!delete) {
      Json value = Directives.dropped(MergePatch.withoutNulls(change));
      if (value == null) {
        merged.remove(field);
      } else {
        merged.put(field, value);
      }
    }
  }

  private static Json mergeObject(
      @Nullable TypeSchema type, String name, JsonObject old, JsonObject change)
      throws PatchException {
    FieldSchema field = checkedField(type, name);
    return field != null && field.hasPatchStrategy("replace")
        ? change
        : merge(valueType(type, name), old, change);
  }

  private static Json mergeList(
      @Nullable TypeSchema type, String name, JsonArray old, JsonArray change, boolean delete)
      throws PatchException {
    if (delete) {
      return KeyedLists.without(old, change);
    }
    FieldSchema field = checkedField(type, name);
    return field != null && field.hasPatchStrategy("merge")
        ? KeyedLists.merge(itemType(field), field.mergeKey(), old, change)
        : change;
  }

  private static @Nullable FieldSchema field(@Nullable TypeSchema type, String name) {
    return type instanceof ObjectType object ? object.field(name) : null;
  }

  private static @Nullable FieldSchema checkedField(@Nullable TypeSchema type, String name)
      throws PatchException {
    FieldSchema field = field(type, name);
    if (field == null && type instanceof ObjectType object) {
      throw internal(
          "unable to find api field in struct %s for the json field \"%s\""
              .formatted(object.shortName(), name));
    }
    return field;
  }

  private static @Nullable TypeSchema valueType(@Nullable TypeSchema type, String name) {
    if (type instanceof MapType(TypeSchema values)) {
      return values;
    }
    FieldSchema field = field(type, name);
    return field == null ? null : field.type();
  }

  private static @Nullable TypeSchema itemType(FieldSchema field) {
    return field.type() instanceof ListType(TypeSchema items) ? items : null;
  }

  /// Removes the fields that `$retainKeys` does not name.
  private static void retainKeys(Map<String, Json> merged, Map<String, Json> changes)
      throws PatchException {
    Json directive = changes.remove(RETAIN_KEYS);
    if (directive == null) {
      return;
    }
    if (!(directive instanceof JsonArray kept)) {
      throw bad("invalid patch format of retainKeys");
    }
    Set<String> names = kept.strings().collect(Collectors.toSet());
    for (Map.Entry<String, Json> change : changes.entrySet()) {
      if (!(change.getValue() instanceof JsonNull)
          && !change.getKey().startsWith(DELETE_FROM)
          && !change.getKey().startsWith(ELEMENT_ORDER)
          && !names.contains(change.getKey())) {
        throw bad("invalid patch format of retainKeys");
      }
    }
    merged.keySet().retainAll(names);
  }

  /// Merges and orders the lists for which the patch tells the order.
  private static void setElementOrders(
      @Nullable TypeSchema type, Map<String, Json> merged, Map<String, Json> changes)
      throws PatchException {
    for (String directive :
        changes.keySet().stream().filter(StrategicMergePatch::isOrder).toList()) {
      String name = directive.substring(ELEMENT_ORDER.length());
      Json wanted = changes.remove(directive);
      if (!(wanted instanceof JsonArray order)) {
        throw internal(
            "expected a []interface {}, but received a "
                + GoFormat.typeOf(wanted == null ? JsonNull.NULL : wanted));
      }
      Json old = merged.get(name);
      Json change = changes.get(name);
      JsonArray list = old instanceof JsonArray array ? array : JsonArray.EMPTY;
      FieldSchema field = field(type, name);
      String mergeKey = field == null ? "" : field.mergeKey();
      if (change instanceof JsonArray items) {
        KeyedLists.checkOrder(items, order, mergeKey);
        list =
            old == null
                ? Directives.dropped(items)
                : (JsonArray) mergeList(type, name, list, items, false);
        changes.remove(name);
      }
      if (old != null || change instanceof JsonArray) {
        JsonArray before = old instanceof JsonArray array ? array : JsonArray.EMPTY;
        merged.put(name, KeyedLists.ordered(list, order, before, mergeKey));
      }
    }
  }

  private static boolean isOrder(String name) {
    return name.startsWith(ELEMENT_ORDER);
  }

  static PatchException internal(String message) {
    return new PatchException(Answer.INTERNAL, message);
  }

  private static PatchException bad(String message) {
    return new PatchException(Answer.BAD_REQUEST, message);
  }
}
