package dev.drydock.grader.cel;

import com.google.common.base.Throwables;
import dev.cel.bundle.Cel;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.drydock.cluster.apimachinery.cel.CelEnvironment;
import dev.drydock.cluster.apimachinery.cel.JavaTypes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compiles and evaluates the expressions of checks. Programs are kept, since the same exercise is
/// graded again and again; safe for use by many threads.
///
/// The variables are those of {@link Scope}; the functions are CEL's standard ones and extensions,
/// Kubernetes' (quantity, url, ip, cidr, regex, lists), and ours (`cluster.…`, `container`,
/// `port`).
public final class CheckLanguage {
  private final Cel cel = environment();
  private final Map<String, CelRuntime.Program> programs = new ConcurrentHashMap<>();

  private static Cel environment() {
    return CelEnvironment.builder(ObjectLibrary.library(), EvidenceLibrary.library())
        .addVar(Scope.OBJECT, SimpleType.DYN)
        .addVar(Scope.VARIABLES, MapType.create(SimpleType.STRING, SimpleType.DYN))
        .addVar(Scope.DOCUMENTS, JavaTypes.LIST)
        .addVar(Scope.AUDIT, JavaTypes.LIST)
        .addVar(Scope.CLUSTER, EvidenceLibrary.CLUSTER)
        .build();
  }

  /// Compiles without evaluating, to find an author's mistake early.
  public void check(Expression expression) throws ExpressionException {
    program(expression);
  }

  public Object evaluate(Expression expression, Scope scope) throws ExpressionException {
    return evaluate(expression, scope.bindings(expression));
  }

  Object evaluate(Expression expression, Map<String, Object> bindings) throws ExpressionException {
    try {
      return program(expression).eval(bindings);
    } catch (CelEvaluationException e) {
      throw new ExpressionException(
          "%s: %s (in: %s)".formatted(expression.source(), reason(e), oneLine(expression)), e);
    }
  }

  private CelRuntime.Program program(Expression expression) throws ExpressionException {
    CelRuntime.@Nullable Program known = programs.get(expression.text());
    if (known != null) {
      return known;
    }
    CelRuntime.Program compiled = compile(expression);
    programs.put(expression.text(), compiled);
    return compiled;
  }

  private CelRuntime.Program compile(Expression expression) throws ExpressionException {
    CelValidationResult result = cel.compile(expression.text());
    if (result.hasError()) {
      String errors =
          result.getErrors().stream()
              .map(issue -> issue.getMessage())
              .collect(Collectors.joining("; "));
      throw new ExpressionException(
          "%s: %s (in: %s)".formatted(expression.source(), errors, oneLine(expression)));
    }
    try {
      return cel.createProgram(result.getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new ExpressionException(
          "%s: %s (in: %s)".formatted(expression.source(), reason(e), oneLine(expression)), e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = Throwables.getRootCause(e);
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.replaceFirst("^evaluation error at <input>:\\d+: ", "");
  }

  private static String oneLine(Expression expression) {
    return expression.text().strip().replaceAll("\\s+", " ");
  }
}
