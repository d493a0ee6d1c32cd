package dev.drydock.cluster.apimachinery.json;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A JSON array.
public record JsonArray(ImmutableList<Json> items) implements Json, Iterable<Json> {
  public static final JsonArray EMPTY = new JsonArray(ImmutableList.of());

  public static JsonArray of(Json... items) {
    return new JsonArray(ImmutableList.copyOf(items));
  }

  public static JsonArray ofStrings(Iterable<String> values) {
    ImmutableList.Builder<Json> items = ImmutableList.builder();
    values.forEach(value -> items.add(new JsonString(value)));
    return new JsonArray(items.build());
  }

  public static JsonArray copyOf(Iterable<? extends Json> items) {
    return new JsonArray(ImmutableList.copyOf(items));
  }

  public int size() {
    return items.size();
  }

  public Json get(int index) {
    return items.get(index);
  }

  public boolean isEmpty() {
    return items.isEmpty();
  }

  /// The elements that are objects, in order.
  public Stream<JsonObject> objects() {
    return items.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast);
  }

  /// The elements that are strings, in order.
  public Stream<String> strings() {
    return items.stream()
        .filter(JsonString.class::isInstance)
        .map(item -> ((JsonString) item).value());
  }

  public JsonArray plus(Json item) {
    return new JsonArray(
        ImmutableList.<Json>builderWithExpectedSize(items.size() + 1)
            .addAll(items)
            .add(item)
            .build());
  }

  public JsonArray map(UnaryOperator<Json> change) {
    return new JsonArray(items.stream().map(change).collect(ImmutableList.toImmutableList()));
  }

  @Override
  public Iterator<Json> iterator() {
    return items.iterator();
  }
}
