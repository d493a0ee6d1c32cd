package dev.drydock.cluster.apimachinery.managedfields;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonParser;
import dev.drydock.cluster.apimachinery.json.JsonSyntaxException;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A field that an applied configuration would change although another manager has it.
///
/// @param manager the other, as messages name it
/// @param field the path, as messages write it: `.spec.containers[name="web"].image`
public record Conflict(String manager, String field) {

  /// The message of the cause of reason `FieldManagerConflict` in the answer's details.
  public String causeMessage() {
    return "conflict with " + manager;
  }

  /// The message of the answer, which is of reason `Conflict`.
  public static String message(List<Conflict> conflicts) {
    if (conflicts.size() == 1) {
      Conflict only = conflicts.getFirst();
      return "Apply failed with 1 conflict: conflict with " + only.manager + ": " + only.field;
    }
    Map<String, List<Conflict>> byManager =
        conflicts.stream().collect(groupingBy(Conflict::manager, TreeMap::new, toList()));
    String all =
        byManager.entrySet().stream()
            .map(
                entry ->
                    entry.getValue().stream()
                        .map(conflict -> "\n- " + conflict.field)
                        .collect(joining("", "conflicts with " + entry.getKey() + ":", "")))
            .collect(joining("\n"));
    return "Apply failed with " + conflicts.size() + " conflicts: " + all;
  }

  static String path(List<String> steps) {
    return steps.stream().map(Conflict::step).collect(joining());
  }

  private static String step(String step) {
    String rest = step.substring(2);
    return switch (step.charAt(0)) {
      case 'f' -> "." + rest;
      case 'k' -> "[" + keys(rest) + "]";
      case 'v' -> "[=" + rest + "]";
      default -> "[" + rest + "]";
    };
  }

  private static String keys(String json) {
    try {
      Json keys = JsonParser.parse(json);
      return keys instanceof JsonObject object
          ? object.fields().entrySet().stream()
              .map(key -> key.getKey() + "=" + JsonWriter.string(key.getValue()))
              .collect(joining(","))
          : json;
    } catch (JsonSyntaxException e) {
      return json;
    }
  }
}
