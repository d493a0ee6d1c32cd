package dev.drydock.cluster.apimachinery.managedfields;

import static java.util.stream.Collectors.joining;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Items;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Leaf;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Names;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Struct;
import dev.drydock.cluster.apimachinery.managedfields.Shape.Undescribed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks that an applied configuration can be merged: no field that the type does not have, every
/// list item with its keys, and no two items with the same. Models structured-merge-diff's
/// validate.
final class AppliedCheck {
  private final List<String> path = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private AppliedCheck() {}

  /// What is wrong, in upstream's words; empty where nothing is.
  static String problems(Shape shape, JsonObject applied) {
    AppliedCheck check = new AppliedCheck();
    check.check(shape, applied);
    return check.problems.size() < 2
        ? String.join("", check.problems)
        : check.problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(joining("", "errors:", ""));
  }

  private void check(Shape given, Json value) {
    switch (given.seenIn(value)) {
      case Leaf _, Undescribed _ -> {}
      case Items items -> checkItems(items, value);
      case Struct struct -> checkFields(struct, value);
      case Names names -> checkFields(names, value);
    }
  }

  private void checkFields(Shape shape, Json value) {
    if (!(value instanceof JsonObject object)) {
      return;
    }
    for (Map.Entry<String, Json> field : object.fields().entrySet()) {
      path.addLast(FieldSet.field(field.getKey()));
      if (shape instanceof Struct && !shape.names(field.getKey())) {
        problem("field not declared in schema");
      } else {
        check(shape.field(field.getKey()), field.getValue());
      }
      path.removeLast();
    }
  }

  private void checkItems(Items shape, Json value) {
    if (!(value instanceof JsonArray array)) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < array.size(); i++) {
      Json item = array.get(i);
      String missing = ItemSteps.missingKey(shape, item);
      String step = ItemSteps.of(shape, item);
      if (!missing.isEmpty()) {
        problem(
            "element %d: associative list with keys has an element that omits key field \"%s\" (and doesn't have default value)"
                .formatted(i, missing));
      } else if (!seen.add(step)) {
        problem("duplicate entries for key " + Conflict.path(List.of(step)));
      } else {
        path.addLast(step);
        check(Shape.of(shape.items()), item);
        path.removeLast();
      }
    }
  }

  private void problem(String what) {
    problems.add(Conflict.path(path) + ": " + what);
  }
}
