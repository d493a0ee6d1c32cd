package dev.drydock.cluster.apimachinery.labels;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Map;

/// A label selector: requirements that must all hold. Models apimachinery/pkg/labels.
public record Selector(ImmutableList<Requirement> requirements) {
  public static final Selector EVERYTHING = new Selector(ImmutableList.of());

  /// One requirement on the labels.
  ///
  /// @param values of `IN` and `NOT_IN`, or the one number of `GREATER_THAN` and `LESS_THAN`
  public record Requirement(String key, Operator operator, ImmutableSet<String> values) {

    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
        case GREATER_THAN -> value != null && compare(value) > 0;
        case LESS_THAN -> value != null && compare(value) < 0;
      };
    }

    private int compare(String value) {
      try {
        return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
      } catch (NumberFormatException e) {
        return 0;
      }
    }
  }

  /// How a requirement looks at a label.
  public enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER_THAN,
    LESS_THAN
  }

  public boolean matches(Map<String, String> labels) {
    return requirements.stream().allMatch(requirement -> requirement.matches(labels));
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  /// The selector of a plain map, as a Service has it.
  public static Selector ofLabels(Map<String, String> labels) {
    return new Selector(
        labels.entrySet().stream()
            .map(
                label ->
                    new Requirement(label.getKey(), Operator.IN, ImmutableSet.of(label.getValue())))
            .collect(ImmutableList.toImmutableList()));
  }

  /// The selector of a `metav1.LabelSelector` with matchLabels and matchExpressions.
  public static Selector ofLabelSelector(JsonObject selector) {
    ImmutableList.Builder<Requirement> all = ImmutableList.builder();
    all.addAll(ofLabels(selector.strings("matchLabels")).requirements());
    selector
        .array("matchExpressions")
        .objects()
        .forEach(
            expression ->
                all.add(
                    new Requirement(
                        expression.string("key"),
                        operator(expression.string("operator")),
                        expression
                            .array("values")
                            .strings()
                            .collect(ImmutableSet.toImmutableSet()))));
    return new Selector(all.build());
  }

  private static Operator operator(String word) {
    return switch (word) {
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
      case "Gt" -> Operator.GREATER_THAN;
      case "Lt" -> Operator.LESS_THAN;
      default -> Operator.IN;
    };
  }
}
