package dev.drydock.cluster.quota;

import com.google.common.collect.ImmutableSortedMap;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.resource.Quantity;
import dev.drydock.cluster.registry.core.resource.Quantities;
import java.util.Collection;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Amounts of named resources, in the order of their names. Models apiserver/pkg/quota/v1.
public record ResourceList(ImmutableSortedMap<String, Quantity> amounts) {
  public static final ResourceList EMPTY = new ResourceList(ImmutableSortedMap.of());

  public static ResourceList of(JsonObject list) {
    ImmutableSortedMap.Builder<String, Quantity> amounts = ImmutableSortedMap.naturalOrder();
    list.fields().forEach((name, value) -> amounts.put(name, Quantities.of(value)));
    return new ResourceList(amounts.build());
  }

  public static ResourceList of(String name, Quantity amount) {
    return new ResourceList(ImmutableSortedMap.of(name, amount));
  }

  public JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder();
    amounts.forEach((name, amount) -> json.put(name, amount.toString()));
    return json.build();
  }

  public boolean isEmpty() {
    return amounts.isEmpty();
  }

  public boolean has(String name) {
    return amounts.containsKey(name);
  }

  /// The amount of a resource; zero where there is none.
  public Quantity get(String name) {
    return amounts.getOrDefault(name, Quantity.ZERO);
  }

  public Collection<String> names() {
    return amounts.keySet();
  }

  public ResourceList with(String name, Quantity amount) {
    TreeMap<String, Quantity> changed = new TreeMap<>(amounts);
    changed.put(name, amount);
    return new ResourceList(ImmutableSortedMap.copyOf(changed));
  }

  public ResourceList plus(ResourceList other) {
    return merge(other, Quantity::plus);
  }

  /// The larger of each.
  public ResourceList max(ResourceList other) {
    return merge(other, (a, b) -> a.compareTo(b) >= 0 ? a : b);
  }

  private ResourceList merge(ResourceList other, BinaryOperator<Quantity> merge) {
    TreeMap<String, Quantity> merged = new TreeMap<>(amounts);
    other.amounts.forEach((name, amount) -> merged.merge(name, amount, merge));
    return new ResourceList(ImmutableSortedMap.copyOf(merged));
  }

  /// What is more than another has; never less than zero.
  public ResourceList beyond(ResourceList other) {
    TreeMap<String, Quantity> left = new TreeMap<>();
    amounts.forEach(
        (name, amount) -> {
          Quantity difference = amount.minus(other.get(name));
          left.put(name, difference.sign() > 0 ? difference : Quantity.ZERO);
        });
    return new ResourceList(ImmutableSortedMap.copyOf(left));
  }

  public ResourceList only(Collection<String> names) {
    return where(names::contains);
  }

  public ResourceList where(Predicate<String> holds) {
    return new ResourceList(
        amounts.entrySet().stream()
            .filter(entry -> holds.test(entry.getKey()))
            .collect(
                ImmutableSortedMap.toImmutableSortedMap(
                    String::compareTo, e -> e.getKey(), e -> e.getValue())));
  }

  public ResourceList withoutZeros() {
    return where(name -> !get(name).isZero());
  }

  /// `name=amount` for each, as messages show it.
  @Override
  public String toString() {
    return amounts.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(","));
  }
}
