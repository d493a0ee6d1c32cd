package dev.drydock.cluster.apimachinery.managedfields;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A set of field paths, as a tree of steps: `f:name` for a field, `k:{"name":"a"}` for a list's
/// item by its keys, `v:"x"` for one by its value. Its JSON form is what `fieldsV1` holds.
///
/// Models structured-merge-diff's fieldpath.Set.
///
/// @param member whether the path that leads here is in the set
record FieldSet(boolean member, ImmutableMap<String, FieldSet> children) {
  static final FieldSet EMPTY = new FieldSet(false, ImmutableMap.of());
  static final FieldSet MEMBER = new FieldSet(true, ImmutableMap.of());
  private static final String SELF = ".";

  static String field(String name) {
    return "f:" + name;
  }

  static FieldSet of(Json json) {
    boolean member = false;
    ImmutableMap.Builder<String, FieldSet> children = ImmutableMap.builder();
    if (json instanceof JsonObject object) {
      for (Map.Entry<String, Json> entry : object.fields().entrySet()) {
        if (entry.getKey().equals(SELF)) {
          member = true;
        } else {
          FieldSet below = of(entry.getValue());
          children.put(entry.getKey(), below.isEmpty() ? MEMBER : below);
        }
      }
    }
    return new FieldSet(member, children.build());
  }

  JsonObject json() {
    JsonObject.Builder json = JsonObject.builder();
    if (member && !children.isEmpty()) {
      json.put(SELF, JsonObject.EMPTY);
    }
    ImmutableSortedMap.copyOf(children).forEach((step, below) -> json.put(step, below.json()));
    return json.build();
  }

  boolean isEmpty() {
    return !member && children.isEmpty();
  }

  FieldSet child(String step) {
    FieldSet child = children.get(step);
    return child == null ? EMPTY : child;
  }

  FieldSet union(FieldSet other) {
    if (other.isEmpty() || this == other) {
      return this;
    }
    return isEmpty() ? other : zip(other, member || other.member, true, FieldSet::union);
  }

  FieldSet intersection(FieldSet other) {
    return isEmpty() || other.isEmpty()
        ? EMPTY
        : zip(other, member && other.member, false, FieldSet::intersection);
  }

  /// The paths of this set that are not themselves in the other.
  FieldSet difference(FieldSet other) {
    return isEmpty() || other.isEmpty()
        ? this
        : zipLeft(other, member && !other.member, FieldSet::difference);
  }

  /// The paths of this set that neither are in the other nor lie below one of it.
  FieldSet recursiveDifference(FieldSet other) {
    if (other.member) {
      return EMPTY;
    }
    return isEmpty() || other.isEmpty()
        ? this
        : zipLeft(other, member, FieldSet::recursiveDifference);
  }

  private FieldSet zip(
      FieldSet other, boolean self, boolean outer, BinaryOperator<FieldSet> operation) {
    Map<String, FieldSet> zipped = new TreeMap<>();
    children.forEach(
        (step, below) -> {
          FieldSet right = other.children.get(step);
          if (right != null || outer) {
            put(zipped, step, operation.apply(below, right == null ? EMPTY : right));
          }
        });
    if (outer) {
      other.children.forEach(zipped::putIfAbsent);
    }
    return new FieldSet(self, ImmutableMap.copyOf(zipped));
  }

  private FieldSet zipLeft(FieldSet other, boolean self, BinaryOperator<FieldSet> operation) {
    Map<String, FieldSet> zipped = new TreeMap<>();
    children.forEach(
        (step, below) -> {
          FieldSet right = other.children.get(step);
          put(zipped, step, right == null ? below : operation.apply(below, right));
        });
    return new FieldSet(self, ImmutableMap.copyOf(zipped));
  }

  private static void put(Map<String, FieldSet> into, String step, FieldSet below) {
    if (!below.isEmpty()) {
      into.put(step, below);
    }
  }

  /// The paths in upstream's order: at each level first the members, then what lies below.
  void forEach(BiConsumer<List<String>, FieldSet> visitor) {
    visit(new ArrayList<>(), visitor);
  }

  private void visit(List<String> path, BiConsumer<List<String>, FieldSet> visitor) {
    Map<String, FieldSet> sorted = ImmutableSortedMap.copyOf(children);
    sorted.forEach(
        (step, below) -> {
          if (below.member) {
            path.addLast(step);
            visitor.accept(List.copyOf(path), below);
            path.removeLast();
          }
        });
    sorted.forEach(
        (step, below) -> {
          path.addLast(step);
          below.visit(path, visitor);
          path.removeLast();
        });
  }

  /// Grows a set path by path.
  static final class Builder {
    private boolean member;
    private @Nullable Map<String, Builder> children;

    void add(List<String> path) {
      Builder at = this;
      for (String step : path) {
        Map<String, Builder> below = at.children;
        if (below == null) {
          below = new TreeMap<>();
          at.children = below;
        }
        at = below.computeIfAbsent(step, _ -> new Builder());
      }
      at.member = true;
    }

    FieldSet build() {
      if (children == null) {
        return member ? MEMBER : EMPTY;
      }
      ImmutableMap.Builder<String, FieldSet> built = ImmutableMap.builder();
      children.forEach((step, below) -> built.put(step, below.build()));
      return new FieldSet(member, built.build());
    }
  }
}
