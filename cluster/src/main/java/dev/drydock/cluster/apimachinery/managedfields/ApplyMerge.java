package dev.drydock.cluster.apimachinery.managedfields;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Items;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Leaf;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Names;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Struct;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Undescribed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Merges an applied configuration into a live object, and removes fields from one. Models
/// structured-merge-diff's merge and remove.
final class ApplyMerge {
  private ApplyMerge() {}

  /// Everything applied, and of the live object what is not applied.
  static Json merge(Shape given, @Nullable Json live, Json applied) {
    Shape shape = given.seenIn(applied);
    if (live == null || Shape.isHollow(live) && Shape.isHollow(applied)) {
      return applied;
    }
    return switch (shape) {
      case Leaf _, Undescribed _ -> applied;
      case Struct _, Names _ ->
          live instanceof JsonObject old && applied instanceof JsonObject object
              ? mergeFields(shape, old, object)
              : Shape.isHollow(applied) ? live : applied;
      case Items items ->
          live instanceof JsonArray old && applied instanceof JsonArray array
              ? mergeItems(items, old, array)
              : Shape.isHollow(applied) ? live : applied;
    };
  }

  private static Json mergeFields(Shape shape, JsonObject live, JsonObject applied) {
    JsonObject.Builder merged = live.toBuilder();
    applied
        .fields()
        .forEach(
            (name, value) -> merged.put(name, merge(shape.field(name), live.get(name), value)));
    return merged.build();
  }

  /// Shared items come in the order applied; items that only the live object has keep their place
  /// among them.
  private static Json mergeItems(Items shape, JsonArray live, JsonArray applied) {
    Map<String, Json> liveItems = ItemSteps.index(shape, live);
    Map<String, Json> appliedItems = ItemSteps.index(shape, applied);
    List<String> left = live.items().stream().map(item -> ItemSteps.of(shape, item)).toList();
    List<String> right = List.copyOf(appliedItems.keySet());
    Deque<String> shared = new ArrayDeque<>(right.stream().filter(liveItems::containsKey).toList());
    ImmutableList.Builder<Json> merged = ImmutableList.builder();
    Set<String> done = new HashSet<>();
    int l = 0;
    int r = 0;
    while (l < left.size() || r < right.size()) {
      String step = l < left.size() ? left.get(l) : null;
      if (step != null && !appliedItems.containsKey(step)) {
        merged.add(live.get(l++));
        continue;
      }
      boolean skip =
          step != null
              && (done.contains(step)
                  || r < right.size()
                      && !step.equals(right.get(r))
                      && !shared.isEmpty()
                      && !step.equals(shared.peek()));
      if (skip) {
        l++;
        continue;
      }
      if (r == right.size()) {
        l++;
        continue;
      }
      String taken = right.get(r++);
      done.add(taken);
      if (taken.equals(shared.peek())) {
        shared.remove();
      }
      if (taken.equals(step)) {
        l++;
      }
      merged.add(mergeItem(shape, liveItems.get(taken), appliedItems, taken));
    }
    return new JsonArray(merged.build());
  }

  private static Json mergeItem(
      Items shape, @Nullable Json live, Map<String, Json> appliedItems, String step) {
    Json applied = appliedItems.get(step);
    if (applied == null) {
      throw new IllegalStateException(step);
    }
    return merge(Shape.of(shape.items()), live, applied);
  }

  /// The value without the fields and items of a set; null where nothing is left.
  static @Nullable Json without(Shape given, Json value, FieldSet fields) {
    Shape shape = given.seenIn(value);
    if (fields.children().isEmpty() || Shape.isHollow(value)) {
      return value;
    }
    return switch (shape) {
      case Leaf _, Undescribed _ -> value;
      case Struct _, Names _ ->
          value instanceof JsonObject object ? withoutFields(shape, object, fields) : value;
      case Items items ->
          value instanceof JsonArray array ? withoutItems(items, array, fields) : value;
    };
  }

  private static @Nullable Json withoutFields(Shape shape, JsonObject object, FieldSet fields) {
    JsonObject.Builder kept = JsonObject.builder();
    object
        .fields()
        .forEach(
            (name, value) -> {
              FieldSet below = fields.child(FieldSet.field(name));
              Json rest = below.member() ? null : without(shape.field(name), value, below);
              if (rest != null) {
                kept.put(name, rest);
              }
            });
    JsonObject built = kept.build();
    return built.isEmpty() ? null : built;
  }

  private static @Nullable Json withoutItems(Items shape, JsonArray array, FieldSet fields) {
    ImmutableList.Builder<Json> kept = ImmutableList.builder();
    for (Json item : array) {
      FieldSet below = fields.child(ItemSteps.of(shape, item));
      Json rest = below.member() ? null : without(Shape.of(shape.items()), item, below);
      if (rest != null) {
        kept.add(rest);
      }
    }
    JsonArray built = new JsonArray(kept.build());
    return built.isEmpty() ? null : built;
  }

  /// The set and, of each path in it, the enclosing fields that types name: their items and names
  /// of any kind are not added.
  static FieldSet withNamedFields(Shape given, FieldSet set) {
    Shape shape = given;
    if (set.children().isEmpty()) {
      return set;
    }
    Map<String, FieldSet> children = new java.util.TreeMap<>();
    set.children()
        .forEach(
            (step, below) -> {
              FieldSet named = withNamedFields(below(shape, step), below);
              boolean isNamed = step.startsWith("f:") && shape.names(step.substring(2));
              children.put(step, isNamed ? new FieldSet(true, named.children()) : named);
            });
    return new FieldSet(set.member(), com.google.common.collect.ImmutableMap.copyOf(children));
  }

  private static Shape below(Shape shape, String step) {
    if (step.startsWith("f:")) {
      return shape instanceof Struct || shape instanceof Names
          ? shape.field(step.substring(2))
          : Shape.UNDESCRIBED;
    }
    return shape instanceof Items items ? Shape.of(items.items()) : Shape.UNDESCRIBED;
  }
}
