package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.cel.Values;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.grader.cel.CheckLanguage;
import dev.drydock.grader.cel.Expression;
import dev.drydock.grader.cel.ExpressionException;
import dev.drydock.grader.cel.Scope;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.evidence.EvidenceException;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.CheckList;
import dev.drydock.grader.exercise.ObjectReference;
import dev.drydock.grader.submission.Submission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All checks of an exercise, tried once on the state of one moment.
final class Look {
  private final CheckLanguage language;
  private final CheckList checks;
  private final Submission submission;
  private final Evidence evidence;
  private final Scope scope;
  private final Map<String, State> states = new LinkedHashMap<>();

  /// How one check stands at this moment.
  private sealed interface State {
    record Holds() implements State {}

    record Fails(Scope scope, @Nullable JsonObject object) implements State {}

    record ObjectAbsent(ObjectReference reference) implements State {}

    record Broken(String message) implements State {}

    record Unreached(String after) implements State {}
  }

  Look(CheckLanguage language, CheckList checks, Submission submission, Evidence evidence) {
    this.language = language;
    this.checks = checks;
    this.submission = submission;
    this.evidence = evidence;
    this.scope = Scope.of(evidence);
    checks.checks().forEach(check -> states.put(check.id(), state(check)));
  }

  boolean allPass() {
    return states.values().stream().allMatch(State.Holds.class::isInstance);
  }

  private State state(Check check) {
    String after = check.after();
    if (after != null && !(states.get(after) instanceof State.Holds)) {
      return new State.Unreached(after);
    }
    try {
      ObjectReference reference = check.object();
      if (reference == null) {
        return test(check, null);
      }
      Optional<JsonObject> object = evidence.get(reference);
      return object.isPresent() ? test(check, object.get()) : new State.ObjectAbsent(reference);
    } catch (ExpressionException | EvidenceException e) {
      return new State.Broken(String.valueOf(e.getMessage()));
    }
  }

  private State test(Check check, @Nullable JsonObject object) throws ExpressionException {
    Scope own = scopeOf(check, object);
    return switch (check.test()) {
      case Check.Test.Condition(Expression expression) ->
          holds(expression, own) ? new State.Holds() : new State.Fails(own, object);
    };
  }

  private boolean holds(Expression expression, Scope own) throws ExpressionException {
    Object value = language.evaluate(expression, own);
    if (value instanceof Boolean holds) {
      return holds;
    }
    throw new ExpressionException(
        "%s: the expression gives %s where true or false is needed"
            .formatted(expression.source(), Values.words(value)));
  }

  private Scope scopeOf(Check check, @Nullable JsonObject object) {
    Scope own = object == null ? scope : scope.withObject(object);
    return own.withVariables(
        language,
        ImmutableList.<CheckList.Variable>builder()
            .addAll(checks.variables())
            .addAll(check.variables())
            .build());
  }

  /// The verdicts, with everything a learner needs to know about those that failed.
  ImmutableList<CheckResult> results() {
    return checks.checks().stream()
        .map(
            check ->
                new CheckResult(
                    check.id(),
                    check.title(),
                    check.points(),
                    verdict(check, java.util.Objects.requireNonNull(states.get(check.id())))))
        .collect(ImmutableList.toImmutableList());
  }

  private Verdict verdict(Check check, State state) {
    Explanation explanation = new Explanation(language, submission, evidence, check);
    return switch (state) {
      case State.Holds _ -> new Verdict.Passed();
      case State.Fails(Scope own, JsonObject object) -> explanation.gap(own, object);
      case State.ObjectAbsent(ObjectReference reference) -> explanation.absence(reference);
      case State.Broken(String message) -> new Verdict.Errored(message);
      case State.Unreached(String after) ->
          new Verdict.Skipped("This is looked at once '%s' passes.".formatted(title(after)));
    };
  }

  private String title(String id) {
    return checks.find(id).map(Check::title).orElse(id);
  }
}
