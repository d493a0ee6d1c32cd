package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.cel.Expression;
import java.time.Duration;
import java.util.Optional;

/// The checks of an exercise, in order, with the variables they share.
///
/// Modelled on the `variables` and `validations` of ValidatingAdmissionPolicy.
///
/// @param settle how long cluster time may pass until every check passes
/// @param variables evaluated when first read, each once for a look at the cluster
public record CheckList(
    Duration settle, ImmutableList<Variable> variables, ImmutableList<Check> checks) {

  /// A named expression that other expressions read as `variables.<name>`.
  public record Variable(String name, Expression expression) {}

  public int points() {
    return checks.stream().mapToInt(Check::points).sum();
  }

  public Optional<Check> find(String id) {
    return checks.stream().filter(check -> check.id().equals(id)).findFirst();
  }
}
