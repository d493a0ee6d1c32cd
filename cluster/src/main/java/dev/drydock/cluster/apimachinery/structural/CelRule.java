package dev.drydock.cluster.apimachinery.structural;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.drydock.cluster.apimachinery.cel.CelBudget;
import dev.drydock.cluster.apimachinery.cel.CelEnvironment;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of `x-kubernetes-validations`: a CEL expression that must hold for `self`, and for a change
/// together with `oldSelf`. Compiled on first use.
///
/// Models apiextensions-apiserver/pkg/apiserver/schema/cel.
public final class CelRule {
  private static final class Environment {
    static final Cel CEL =
        CelEnvironment.builder()
            .addVar("self", SimpleType.DYN)
            .addVar("oldSelf", SimpleType.DYN)
            .build();
  }

  /// An expression ready to run, or why it is none.
  private record Compiled(CelRuntime.@Nullable Program program, String problem) {}

  private final JsonObject rule;
  private final Supplier<Compiled> expression;
  private final Supplier<Compiled> message;

  CelRule(JsonObject rule) {
    this.rule = rule;
    this.expression = Suppliers.memoize(() -> compile(rule.string("rule")));
    this.message = Suppliers.memoize(() -> compile(rule.string("messageExpression")));
  }

  private static Compiled compile(String text) {
    try {
      CelAbstractSyntaxTree tree = Environment.CEL.compile(text).getAst();
      return new Compiled(Environment.CEL.createProgram(tree), "");
    } catch (CelValidationException e) {
      return new Compiled(null, "compilation failed: " + e.getMessage());
    } catch (CelEvaluationException e) {
      return new Compiled(null, "program instantiation failed: " + e.getMessage());
    }
  }

  /// What is wrong with the expression; empty where nothing is.
  public String problem() {
    return expression.get().problem();
  }

  public JsonObject json() {
    return rule;
  }

  /// Whether the rule is about a change, and so says nothing of a new value.
  boolean isAboutChange() {
    return rule.string("rule").matches("(?s).*\\boldSelf\\b.*") && !rule.bool("optionalOldSelf");
  }

  String reason() {
    return rule.string("reason");
  }

  String fieldPath() {
    return rule.string("fieldPath");
  }

  /// Why the rule refuses the value; empty where it holds.
  Optional<String> refusal(Object self, @Nullable Object oldSelf, CelBudget budget) {
    Compiled compiled = expression.get();
    if (compiled.program() == null) {
      return Optional.of("rule compile error: " + compiled.problem());
    }
    try {
      Object holds = compiled.program().trace(variables(self, oldSelf), budget);
      if (budget.isExceeded()) {
        return Optional.of(exceeded());
      }
      return Boolean.TRUE.equals(holds) ? Optional.empty() : Optional.of(text(self, oldSelf));
    } catch (CelEvaluationException | CelBudget.ExceededException e) {
      return budget.isExceeded()
          ? Optional.of(exceeded())
          : Optional.of(
              "rule evaluation error: "
                  + e.getMessage()
                  + " evaluating rule: "
                  + text(self, oldSelf));
    }
  }

  private static String exceeded() {
    return "validation failed due to running out of cost budget, no further validation rules will"
        + " be run";
  }

  private static Map<String, Object> variables(Object self, @Nullable Object oldSelf) {
    return oldSelf == null ? Map.of("self", self) : Map.of("self", self, "oldSelf", oldSelf);
  }

  private String text(Object self, @Nullable Object oldSelf) {
    CelRuntime.Program program =
        rule.string("messageExpression").isEmpty() ? null : message.get().program();
    if (program != null) {
      try {
        Object made = program.trace(variables(self, oldSelf), new CelBudget(CelBudget.PER_CALL));
        if (made instanceof String text && !text.isBlank() && !text.contains("\n")) {
          return text;
        }
      } catch (CelEvaluationException | CelBudget.ExceededException e) {
        // Falls through: upstream uses the plain message then too.
      }
    }
    String plain = rule.string("message").strip();
    return plain.isEmpty() ? "failed rule: " + rule.string("rule") : plain;
  }
}
