package dev.drydock.cluster.apimachinery.labels;

import dev.drydock.cluster.apimachinery.json.JsonArray;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A label selector as one line, as `labelSelector` parameters have it. Models
/// labels.Selector.String.
public final class SelectorText {

  /// One requirement as text.
  private record Term(String key, String text) {}

  private SelectorText() {}

  /// @param selector a `metav1.LabelSelector`, or a plain map of labels
  public static String of(JsonObject selector) {
    boolean structured = selector.has("matchLabels") || selector.has("matchExpressions");
    JsonObject labels = structured ? selector.object("matchLabels") : selector;
    Stream<Term> equal =
        labels.strings().entrySet().stream()
            .map(label -> new Term(label.getKey(), label.getKey() + "=" + label.getValue()));
    JsonArray expressions = structured ? selector.array("matchExpressions") : JsonArray.EMPTY;
    return Stream.concat(equal, expressions.objects().map(SelectorText::term))
        .sorted(Comparator.comparing(Term::key))
        .map(Term::text)
        .collect(Collectors.joining(","));
  }

  private static Term term(JsonObject expression) {
    String key = expression.string("key");
    String values =
        expression.array("values").strings().sorted().collect(Collectors.joining(",", " (", ")"));
    String text =
        switch (expression.string("operator")) {
          case "In" -> key + " in" + values;
          case "NotIn" -> key + " notin" + values;
          case "DoesNotExist" -> "!" + key;
          default -> key;
        };
    return new Term(key, text);
  }
}
