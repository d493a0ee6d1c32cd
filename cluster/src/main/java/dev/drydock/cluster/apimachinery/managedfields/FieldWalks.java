package dev.drydock.cluster.apimachinery.managedfields;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Items;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Leaf;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Names;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Struct;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Undescribed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the paths that an object has, and those in which two objects differ. Models
/// structured-merge-diff's tofieldset and compare.
final class FieldWalks {

  /// The paths in which a new value differs from an old one.
  record Comparison(FieldSet added, FieldSet modified, FieldSet removed) {
    boolean isSame() {
      return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    /// What is there now and was not, or was another.
    FieldSet changed() {
      return modified.union(added);
    }

    Comparison without(FieldSet ignored) {
      return new Comparison(
          added.recursiveDifference(ignored),
          modified.recursiveDifference(ignored),
          removed.recursiveDifference(ignored));
    }
  }

  private final List<String> path = new ArrayList<>();
  private final FieldSet.Builder added = new FieldSet.Builder();
  private final FieldSet.Builder modified = new FieldSet.Builder();
  private final FieldSet.Builder removed = new FieldSet.Builder();

  private FieldWalks() {}

  static FieldSet fields(Shape shape, Json value) {
    FieldWalks walk = new FieldWalks();
    walk.collect(shape, value);
    return walk.added.build();
  }

  static Comparison compare(Shape shape, Json before, Json after) {
    FieldWalks walk = new FieldWalks();
    walk.compareValues(shape, before, after);
    return new Comparison(walk.added.build(), walk.modified.build(), walk.removed.build());
  }

  private void collect(Shape given, Json value) {
    Shape shape = given.seenIn(value);
    switch (shape) {
      case Leaf _, Undescribed _ -> added.add(path);
      case Struct _, Names _ -> collectFields(shape, value);
      case Items items -> collectItems(items, value);
    }
  }

  private void collectFields(Shape shape, Json value) {
    if (!(value instanceof JsonObject object)) {
      return;
    }
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      path.addLast(FieldSet.field(field.getKey()));
      collect(shape.field(field.getKey()), field.getValue());
      if (Shape.isHollow(field.getValue()) || !shape.names(field.getKey())) {
        added.add(path);
      }
      path.removeLast();
    }
  }

  private void collectItems(Items shape, Json value) {
    if (!(value instanceof JsonArray array)) {
      return;
    }
    for (Json item : array) {
      path.addLast(ItemSteps.of(shape, item));
      collect(Shape.of(shape.items()), item);
      added.add(path);
      path.removeLast();
    }
  }

  /// Null is a value that is not there.
  private void compareValues(Shape given, @Nullable Json before, @Nullable Json after) {
    if (before != null && before == after) {
      return;
    }
    Shape shape = given.seenIn(after == null || after instanceof JsonNull ? before : after);
    boolean leaf = shape instanceof Leaf || Shape.isHollow(before) && Shape.isHollow(after);
    if (leaf) {
      compareLeaves(before, after);
      return;
    }
    switch (shape) {
      case Struct _, Names _ -> compareFields(shape, before, after);
      case Items items -> compareItems(items, before, after);
      case Leaf _, Undescribed _ -> compareLeaves(before, after);
    }
    if (before == null) {
      added.add(path);
    } else if (after == null) {
      removed.add(path);
    }
  }

  private void compareLeaves(@Nullable Json before, @Nullable Json after) {
    if (before == null) {
      added.add(path);
    } else if (after == null) {
      removed.add(path);
    } else if (!before.equals(after)) {
      modified.add(path);
    }
  }

  private void compareFields(Shape shape, @Nullable Json before, @Nullable Json after) {
    JsonObject left = before instanceof JsonObject object ? object : JsonObject.EMPTY;
    JsonObject right = after instanceof JsonObject object ? object : JsonObject.EMPTY;
    Set<String> names = new LinkedHashSet<>(left.fields().keySet());
    names.addAll(right.fields().keySet());
    for (String name : names) {
      path.addLast(FieldSet.field(name));
      compareValues(shape.field(name), left.get(name), right.get(name));
      path.removeLast();
    }
  }

  private void compareItems(Items shape, @Nullable Json before, @Nullable Json after) {
    Map<String, Json> left = index(shape, before);
    Map<String, Json> right = index(shape, after);
    Set<String> steps = new LinkedHashSet<>(left.keySet());
    steps.addAll(right.keySet());
    for (String step : steps) {
      path.addLast(step);
      compareValues(Shape.of(shape.items()), left.get(step), right.get(step));
      path.removeLast();
    }
  }

  private static Map<String, Json> index(Items shape, @Nullable Json value) {
    return ItemSteps.index(shape, value instanceof JsonArray array ? array : JsonArray.EMPTY);
  }
}
