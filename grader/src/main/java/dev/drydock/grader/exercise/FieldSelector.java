package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonBoolean;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names a field below an object by meaning, never by position:
/// `spec.containers[name=kuard].ports[name=http].containerPort`. A key that holds dots is quoted:
/// `metadata.labels['app.kubernetes.io/name']`.
public record FieldSelector(ImmutableList<Step> steps) {
  private static final Pattern STEP =
      Pattern.compile("\\.?([A-Za-z0-9_$-]+)|\\['([^']+)'\\]|\\[([A-Za-z]+)=([^\\]]+)\\]");

  /// One step down.
  public sealed interface Step {
    /// Into a field of an object.
    record Field(String name) implements Step {}

    /// Into the item of a list whose key field has the value.
    record Item(String key, String value) implements Step {}
  }

  /// @throws IllegalArgumentException with a sentence for a person
  public static FieldSelector parse(String text) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    if (end != text.length() || end == 0) {
      throw new IllegalArgumentException(
          "'%s' is not a path: write spec.containers[name=kuard].image".formatted(text));
    }
    return new FieldSelector(steps.build());
  }

  private static Step step(Matcher matcher) {
    String key = matcher.group(3);
    if (key != null) {
      return new Step.Item(key, matcher.group(4));
    }
    return new Step.Field(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
  }

  /// The value at this path in the object, or null.
  public @Nullable Json in(JsonObject object) {
    Found found = deepest(object);
    return found.complete() ? found.value() : null;
  }

  /// How far the path leads into the object. Where a list has no item with the key but only one
  /// item at all, that one is meant: it is what the learner wrote in its place.
  ///
  /// @param path the way with positions, such as `spec.containers[0].image`; empty for the root
  public record Found(String path, Json value, boolean complete) {}

  public Found deepest(JsonObject object) {
    String path = "";
    Json value = object;
    boolean exact = true;
    for (Step step : steps) {
      switch (step) {
        case Step.Field(String name) -> {
          Json child = value instanceof JsonObject parent ? parent.get(name) : null;
          if (child == null) {
            return new Found(path, value, false);
          }
          path = join(path, name);
          value = child;
        }
        case Step.Item item -> {
          JsonArray items = value instanceof JsonArray array ? array : JsonArray.EMPTY;
          int index = indexOf(items, item);
          exact &= index >= 0;
          if (index < 0 && items.size() == 1) {
            index = 0;
          }
          if (index < 0) {
            return new Found(path, value, false);
          }
          path = path + "[" + index + "]";
          value = items.get(index);
        }
      }
    }
    return new Found(path, value, exact);
  }

  private static String join(String path, String name) {
    if (name.indexOf('.') >= 0 || name.indexOf('[') >= 0) {
      return path + "[" + name + "]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  private static int indexOf(JsonArray items, Step.Item wanted) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof JsonObject item
          && wanted.value().equals(text(item.get(wanted.key())))) {
        return i;
      }
    }
    return -1;
  }

  private static String text(@Nullable Json value) {
    return switch (value) {
      case JsonString(String string) -> string;
      case JsonNumber(Number number) -> number.toString();
      case JsonBoolean(boolean bool) -> Boolean.toString(bool);
      case null -> "";
      case JsonObject _, JsonArray _, dev.drydock.cluster.apimachinery.json.JsonNull _ -> "";
    };
  }

  /// As it is written.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Step step : steps) {
      switch (step) {
        case Step.Item(String key, String value) ->
            text.append('[').append(key).append('=').append(value).append(']');
        case Step.Field(String name) when name.matches("[A-Za-z0-9_$-]+") ->
            text.append(text.isEmpty() ? "" : ".").append(name);
        case Step.Field(String name) -> text.append("['").append(name).append("']");
      }
    }
    return text.toString();
  }
}
