package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonNumber;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.Positions;
import dev.drydock.cluster.apimachinery.json.YamlDocument;
import dev.drydock.cluster.apimachinery.json.YamlParser;
import dev.drydock.grader.cel.Expression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One mapping of an author's YAML file, read strictly: whatever is missing, unknown or of the
/// wrong type is an {@link ExerciseFormatException} that names the file and line.
final class Fields {
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,5})s)?");

  private final String file;
  private final Positions positions;
  private final String path;
  private final JsonObject object;

  private Fields(String file, Positions positions, String path, JsonObject object) {
    this.file = file;
    this.positions = positions;
    this.path = path;
    this.object = object;
  }

  /// The mapping that a file holds.
  ///
  /// @param name how messages call the file
  static Fields read(Path path, String name, ImmutableSet<String> known)
      throws ExerciseFormatException {
    List<YamlDocument> documents;
    try {
      documents = YamlParser.parseAll(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new ExerciseFormatException("%s cannot be read: %s".formatted(name, e), e);
    } catch (JsonSyntaxException e) {
      throw new ExerciseFormatException("%s: %s".formatted(name, e.getMessage()), e);
    }
    if (documents.size() != 1 || !(documents.getFirst().root() instanceof JsonObject root)) {
      throw new ExerciseFormatException("%s must hold one mapping".formatted(name));
    }
    Fields fields = new Fields(name, documents.getFirst().positions(), "", root);
    fields.allowOnly(known);
    return fields;
  }

  /// The place of a field for a message, such as `pods/first-pod/checks.yaml:12`.
  String source(String field) {
    return file + ":" + positions.of(path.isEmpty() ? field : path + "." + field).line();
  }

  ExerciseFormatException problem(String field, String sentence) {
    return new ExerciseFormatException(source(field) + ": " + sentence);
  }

  private void allowOnly(ImmutableSet<String> known) throws ExerciseFormatException {
    for (String name : object.fields().keySet()) {
      if (!known.contains(name)) {
        throw problem(
            name,
            "'%s' is not a field here; known are %s".formatted(name, String.join(", ", known)));
      }
    }
  }

  boolean has(String field) {
    return object.has(field);
  }

  boolean isNull(String field) {
    return object.get(field) instanceof JsonNull;
  }

  String string(String field) throws ExerciseFormatException {
    String value = optionalString(field);
    if (value == null || value.isBlank()) {
      throw problem(field, "'%s' is missing".formatted(field));
    }
    return value;
  }

  @Nullable String optionalString(String field) throws ExerciseFormatException {
    return switch (object.get(field)) {
      case null -> null;
      case JsonString(String value) -> value.strip();
      case Json _ -> throw problem(field, "'%s' must be text".formatted(field));
    };
  }

  String stringOr(String field, String otherwise) throws ExerciseFormatException {
    String value = optionalString(field);
    return value == null ? otherwise : value;
  }

  int integer(String field, int otherwise) throws ExerciseFormatException {
    return switch (object.get(field)) {
      case null -> otherwise;
      case JsonNumber number when number.isInteger() && isSmall(number.longValue()) ->
          (int) number.longValue();
      case Json _ -> throw problem(field, "'%s' must be a small whole number".formatted(field));
    };
  }

  private static boolean isSmall(long value) {
    return value >= 0 && value <= 1_000_000;
  }

  Duration duration(String field, Duration otherwise) throws ExerciseFormatException {
    String text = optionalString(field);
    if (text == null) {
      return otherwise;
    }
    Matcher matcher = DURATION.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw problem(field, "'%s' must be a duration such as 30s or 2m".formatted(field));
    }
    return Duration.ofHours(number(matcher.group(1)))
        .plusMinutes(number(matcher.group(2)))
        .plusSeconds(number(matcher.group(3)));
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  Optional<Expression> expression(String field) throws ExerciseFormatException {
    String text = optionalString(field);
    return text == null ? Optional.empty() : Optional.of(new Expression(text, source(field)));
  }

  ImmutableList<String> strings(String field) throws ExerciseFormatException {
    ImmutableList.Builder<String> strings = ImmutableList.builder();
    for (Json item : array(field)) {
      if (!(item instanceof JsonString(String value))) {
        throw problem(field, "'%s' must be a list of texts".formatted(field));
      }
      strings.add(value);
    }
    return strings.build();
  }

  private JsonArray array(String field) throws ExerciseFormatException {
    return switch (object.get(field)) {
      case null -> JsonArray.EMPTY;
      case JsonArray array -> array;
      case Json _ -> throw problem(field, "'%s' must be a list".formatted(field));
    };
  }

  /// The mappings of a list.
  ImmutableList<Fields> items(String field, ImmutableSet<String> known)
      throws ExerciseFormatException {
    ImmutableList.Builder<Fields> items = ImmutableList.builder();
    JsonArray array = array(field);
    for (int i = 0; i < array.size(); i++) {
      String itemPath = (path.isEmpty() ? field : path + "." + field) + "[" + i + "]";
      if (!(array.get(i) instanceof JsonObject item)) {
        throw problem(field, "'%s' must be a list of mappings".formatted(field));
      }
      Fields fields = new Fields(file, positions, itemPath, item);
      fields.allowOnly(known);
      items.add(fields);
    }
    return items.build();
  }

  /// The mapping below a field, if any.
  Optional<Fields> child(String field, ImmutableSet<String> known) throws ExerciseFormatException {
    return switch (object.get(field)) {
      case null -> Optional.empty();
      case JsonNull _ -> Optional.empty();
      case JsonObject child -> {
        String childPath = path.isEmpty() ? field : path + "." + field;
        Fields fields = new Fields(file, positions, childPath, child);
        fields.allowOnly(known);
        yield Optional.of(fields);
      }
      case Json _ -> throw problem(field, "'%s' must be a mapping".formatted(field));
    };
  }
}
