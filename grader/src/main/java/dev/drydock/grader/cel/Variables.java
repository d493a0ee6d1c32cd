package dev.drydock.grader.cel;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.exercise.CheckList.Variable;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The author's variables during one look: each is evaluated when an expression first reads it as
/// `variables.<name>`, and may itself read those before it.
///
/// Models the variable composition of apiserver `pkg/admission/plugin/cel`; the names are found in
/// the text, since the evaluator would copy a map that computes its values.
final class Variables {
  private static final Pattern READ = Pattern.compile("\\bvariables\\.\\??([A-Za-z_]\\w*)");

  private final CheckLanguage language;
  private final Map<String, Object> bindings;
  private final ImmutableList<Variable> variables;
  private final Map<String, Object> values = new HashMap<>();

  Variables(
      CheckLanguage language, Map<String, Object> bindings, ImmutableList<Variable> variables) {
    this.language = language;
    this.bindings = bindings;
    this.variables = variables;
  }

  /// The values of the variables that an expression reads.
  Map<String, Object> readBy(Expression expression) throws ExpressionException {
    return readBy(expression, variables.size());
  }

  private Map<String, Object> readBy(Expression expression, int before) throws ExpressionException {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = READ.matcher(expression.text());
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    Map<String, Object> read = new HashMap<>();
    for (int i = 0; i < before; i++) {
      Variable variable = variables.get(i);
      if (names.contains(variable.name())) {
        read.put(variable.name(), value(variable, i));
      }
    }
    return read;
  }

  private Object value(Variable variable, int index) throws ExpressionException {
    Object known = values.get(variable.name());
    if (known != null) {
      return known;
    }
    Map<String, Object> own = new HashMap<>(bindings);
    own.put(Scope.VARIABLES, readBy(variable.expression(), index));
    Object value = language.evaluate(variable.expression(), own);
    values.put(variable.name(), value);
    return value;
  }
}
