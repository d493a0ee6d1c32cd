package dev.drydock.cluster.registry.rest;

import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.cluster.apimachinery.json.JsonWriter;
import java.util.Locale;
import java.util.TreeSet;

/// The difference of two specs as the API server shows it below an error: the changed fields with
/// their old values (-) and new ones (+).
///
/// Styled after github.com/google/go-cmp; values stand as JSON, not as Go.
public final class SpecDiff {
  private SpecDiff() {}

  /// @param type what Go calls the type of both
  public static String of(String type, JsonObject before, JsonObject now) {
    StringBuilder diff = new StringBuilder("  " + type + "{\n");
    TreeSet<String> names = new TreeSet<>(before.fields().keySet());
    names.addAll(now.fields().keySet());
    int same = 0;
    for (String name : names) {
      Json old = before.get(name);
      Json value = now.get(name);
      if (old != null && old.equals(value)) {
        same++;
        continue;
      }
      same = identical(diff, same);
      line(diff, '-', name, old);
      line(diff, '+', name, value);
    }
    identical(diff, same);
    return diff.append("  }\n").toString();
  }

  private static int identical(StringBuilder diff, int same) {
    if (same > 0) {
      diff.append("  \t... // %d identical field%s\n".formatted(same, same == 1 ? "" : "s"));
    }
    return 0;
  }

  private static void line(
      StringBuilder diff, char sign, String name, @org.jspecify.annotations.Nullable Json value) {
    String goName = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    String text = value == null ? "nil" : JsonWriter.string(value);
    diff.append("%c \t%s: %s,\n".formatted(sign, goName, text));
  }
}
