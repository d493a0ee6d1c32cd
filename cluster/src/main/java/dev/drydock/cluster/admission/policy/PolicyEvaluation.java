package dev.drydock.cluster.admission.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.drydock.cluster.apimachinery.cel.CelBudget;
import dev.drydock.cluster.apimachinery.cel.CelErrors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One policy, one request, one parameter: evaluates expressions within what they may cost, and
/// each variable when it is first read.
final class PolicyEvaluation {
  private static final String VARIABLES = "variables.";

  private final Map<String, Object> inputs;
  private final Map<String, PolicyExpression> variables;
  private final Map<String, Object> values = new HashMap<>();
  private long left = CelBudget.PER_POLICY;

  /// @param inputs by name: `object`, `oldObject`, `request`, `params` …
  PolicyEvaluation(Map<String, Object> inputs, Map<String, PolicyExpression> variables) {
    this.inputs = inputs;
    this.variables = variables;
  }

  /// An expression that could not be evaluated, in upstream's words.
  static final class FailedException extends Exception {
    FailedException(String message) {
      super(message);
    }
  }

  /// Carries the failure of a variable out of the expression that reads it.
  private static final class VariableException extends RuntimeException {
    VariableException(String message) {
      super(message, null, false, false);
    }
  }

  Object evaluate(PolicyExpression expression) throws FailedException {
    if (left <= 0) {
      throw new FailedException(
          "validation failed due to running out of cost budget, no further validation rules will"
              + " be run");
    }
    CelBudget budget = new CelBudget(Math.min(left, CelBudget.PER_CALL));
    long before = budget.left();
    try {
      Object value = run(expression, budget);
      if (budget.isExceeded()) {
        throw new FailedException(
            failed(expression, "operation cancelled: actual cost limit exceeded"));
      }
      return value;
    } catch (CelEvaluationException e) {
      throw new FailedException(failed(expression, CelErrors.ofEvaluation(e)));
    } finally {
      left -= before - budget.left();
    }
  }

  /// Whether all conditions hold. One that is false decides, whatever became of the others.
  boolean allHold(List<PolicyExpression> conditions) throws FailedException {
    List<String> failures = new ArrayList<>();
    for (PolicyExpression condition : conditions) {
      try {
        if (Boolean.FALSE.equals(evaluate(condition))) {
          return false;
        }
      } catch (FailedException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
    if (failures.isEmpty()) {
      return true;
    }
    throw new FailedException(
        failures.size() == 1 ? failures.getFirst() : "[" + String.join(", ", failures) + "]");
  }

  private static String failed(PolicyExpression expression, String why) {
    return "expression '%s' resulted in error: %s".formatted(expression.text(), why);
  }

  private Object run(PolicyExpression expression, CelBudget budget) throws CelEvaluationException {
    return expression.program().trace((String name) -> find(name, budget), budget);
  }

  private Optional<Object> find(String name, CelBudget budget) {
    if (!name.startsWith(VARIABLES)) {
      return Optional.ofNullable(inputs.get(name));
    }
    PolicyExpression variable = variables.get(name.substring(VARIABLES.length()));
    if (variable == null) {
      return Optional.empty();
    }
    Object known = values.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      Object value = run(variable, budget);
      values.put(name, value);
      return Optional.of(value);
    } catch (CelEvaluationException e) {
      throw new VariableException(
          "composited variable \"%s\" fails to evaluate: %s"
              .formatted(name.substring(VARIABLES.length()), CelErrors.ofEvaluation(e)));
    }
  }
}
