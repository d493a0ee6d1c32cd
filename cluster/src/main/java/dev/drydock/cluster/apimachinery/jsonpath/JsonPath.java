package dev.drydock.cluster.apimachinery.jsonpath;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A path such as `.status.conditions[?(@.type=="Ready")].status`: fields, indexes, `[*]`, and
/// filters that compare one field with a text. Models the simple part of client-go/util/jsonpath.
public final class JsonPath {
  private static final int LENGTH_MAX = 2_000;
  private static final Pattern STEP =
      Pattern.compile(
          "\\.\\.?([^.\\[\\]\\\\]|\\\\.)+" // .field, with dots escaped
              + "|\\['([^']*)'\\]" // ['field']
              + "|\\[(-?\\d+)\\]" // [0]
              + "|\\[\\*\\]|\\.\\*" // [*]
              + "|\\[\\?\\(@\\.([A-Za-z0-9_.\\-]+)\\s*(==|!=)\\s*[\"']?([^\"')]*)[\"']?\\)\\]");

  /// A text that is no path; its message says why.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private final List<Function<Json, Stream<Json>>> steps;

  private JsonPath(List<Function<Json, Stream<Json>>> steps) {
    this.steps = List.copyOf(steps);
  }

  public static JsonPath parse(String path) throws Malformed {
    if (path.length() > LENGTH_MAX) {
      throw new Malformed("the path is too long");
    }
    List<Function<Json, Stream<Json>>> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int at = 0;
    while (at < path.length()) {
      matcher.region(at, path.length());
      if (!matcher.lookingAt()) {
        throw new Malformed(
            "unrecognized character in action: U+%04X '%c'"
                .formatted((int) path.charAt(at), path.charAt(at)));
      }
      steps.add(step(matcher));
      at = matcher.end();
    }
    return new JsonPath(steps);
  }

  private static Function<Json, Stream<Json>> step(Matcher matcher) {
    String text = matcher.group();
    if (text.equals("[*]") || text.equals(".*")) {
      return JsonPath::children;
    }
    if (matcher.group(4) != null) {
      String[] field = matcher.group(4).split("\\.");
      boolean equal = matcher.group(5).equals("==");
      String wanted = matcher.group(6);
      return value -> children(value).filter(item -> text(item, field).equals(wanted) == equal);
    }
    if (matcher.group(3) != null) {
      return value -> item(value, matcher3(text));
    }
    String name =
        text.startsWith("[")
            ? text.substring(2, text.length() - 2)
            : text.substring(1).replaceAll("\\\\(.)", "$1");
    return value -> field(value, name);
  }

  private static int matcher3(String text) {
    try {
      return Integer.parseInt(text.substring(1, text.length() - 1));
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }

  private static Stream<Json> children(Json value) {
    return switch (value) {
      case JsonArray array -> array.items().stream();
      case JsonObject object -> object.fields().values().stream();
      default -> Stream.empty();
    };
  }

  private static String text(Json item, String[] field) {
    return item instanceof JsonObject object && object.at(field) != null
        ? print(object.at(field))
        : "";
  }

  private static Stream<Json> item(Json value, int index) {
    if (!(value instanceof JsonArray array)) {
      return Stream.empty();
    }
    int at = index < 0 ? array.size() + index : index;
    return at >= 0 && at < array.size() ? Stream.of(array.get(at)) : Stream.empty();
  }

  private static Stream<Json> field(Json value, String name) {
    Json found = value instanceof JsonObject object ? object.get(name) : null;
    return Stream.ofNullable(found);
  }

  /// What the path leads to; nothing where it leads nowhere.
  public List<Json> find(JsonObject root) {
    Stream<Json> found = Stream.of(root);
    for (Function<Json, Stream<Json>> step : steps) {
      found = found.flatMap(step);
    }
    return found.toList();
  }

  /// A value as a cell shows it: a text without quotes, anything else as JSON.
  public static String print(@org.jspecify.annotations.Nullable Json value) {
    return switch (value) {
      case null -> "";
      case JsonString(String text) -> text;
      default -> JsonWriter.string(value);
    };
  }
}
