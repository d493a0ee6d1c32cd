package dev.drydock.cluster.apimachinery.schema.generate;

import com.google.common.base.Splitter;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonNull;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonString;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The two tables of facts that neither the model classes nor the descriptors tell: how lists and
/// maps merge, and how Go writes fields.
final class FactTables {
  private static final Pattern GO_FIELD = Pattern.compile("([^:]+):([*!.0]*)(.*)");

  private final Map<String, JsonObject> merge = new HashMap<>();
  private final Map<String, JsonObject> go = new HashMap<>();

  FactTables() {
    readMergeTable();
    readGoTable();
  }

  /// What the tables say about a field (or, for the field `<type>`, about a type), in the short
  /// names of the generated file.
  JsonObject of(String fullName, String field) {
    String key = TypeNames.brief(fullName) + " " + field;
    JsonObject.Builder facts = go.getOrDefault(key, JsonObject.EMPTY).toBuilder();
    merge.getOrDefault(key, JsonObject.EMPTY).fields().forEach(facts::put);
    return facts.build();
  }

  private void readMergeTable() {
    try {
      for (Json row : (JsonArray) JsonParser.parse(resource("merge-table-1.36.json"))) {
        JsonArray cells = (JsonArray) row;
        String key = TypeNames.brief(text(cells.get(0))) + " " + text(cells.get(1));
        merge.put(key, mergeFacts(cells));
      }
    } catch (JsonSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject mergeFacts(JsonArray cells) {
    JsonObject.Builder facts = JsonObject.builder();
    List<String> names = List.of("ps", "pk", "lt", "lk", "mt");
    for (int i = 0; i < names.size(); i++) {
      Json cell = cells.get(i + 2);
      if (!(cell instanceof JsonNull)) {
        facts.put(names.get(i), cell);
      }
    }
    return facts.build();
  }

  private void readGoTable() {
    String text = new String(resource("go-types-1.36.txt"), StandardCharsets.UTF_8);
    for (String line : Splitter.on('\n').omitEmptyStrings().split(text)) {
      if (!line.startsWith("#")) {
        List<String> words = Splitter.on(' ').splitToList(line);
        words.stream().skip(1).forEach(word -> readGoField(words.getFirst(), word));
      }
    }
  }

  private void readGoField(String type, String word) {
    Matcher field = GO_FIELD.matcher(word);
    if (!field.matches()) {
      throw new IllegalArgumentException(type + " " + word);
    }
    go.put(
        type + " " + field.group(1),
        JsonObject.builder()
            .putUnlessEmpty("x", field.group(2))
            .putUnlessEmpty("n", field.group(3))
            .build());
  }

  private static String text(Json json) {
    return ((JsonString) json).value();
  }

  private static byte[] resource(String name) {
    try (InputStream in = FactTables.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
