package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.cluster.apimachinery.cel.Values;
import dev.drydock.cluster.apimachinery.json.Json;
import dev.drydock.cluster.apimachinery.json.JsonObject;
import dev.drydock.grader.cel.CheckLanguage;
import dev.drydock.grader.cel.Expression;
import dev.drydock.grader.cel.ExpressionException;
import dev.drydock.grader.cel.Scope;
import dev.drydock.grader.evidence.Evidence;
import dev.drydock.grader.exercise.Check;
import dev.drydock.grader.exercise.FieldSelector;
import dev.drydock.grader.exercise.ObjectReference;
import dev.drydock.grader.submission.SourceLocation;
import dev.drydock.grader.submission.Submission;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Explains to the learner why a check has failed.
final class Explanation {
  private static final int EVENTS_MAX = 3;

  private final CheckLanguage language;
  private final Submission submission;
  private final Evidence evidence;
  private final Check check;

  Explanation(CheckLanguage language, Submission submission, Evidence evidence, Check check) {
    this.language = language;
    this.submission = submission;
    this.evidence = evidence;
    this.check = check;
  }

  /// The check looked at something and found it wrong.
  Verdict.Failed gap(Scope scope, @Nullable JsonObject object) {
    Check.Feedback feedback = check.feedback();
    String expected = words(feedback.expectedExpression(), scope).orElse(feedback.expected());
    return failed(
        words(feedback.messageExpression(), scope).orElse(feedback.message()),
        expected,
        actual(scope, object),
        feedback.path().flatMap(this::locate).orElse(null),
        object == null || !isAboutStatus() ? ImmutableList.of() : warnings());
  }

  /// The object that the check is about does not exist.
  Verdict.Failed absence(ObjectReference reference) {
    Absence absence = Absence.of(reference, evidence, submission);
    return failed(
        "There is no %s.".formatted(reference.words()),
        reference.words(),
        absence.found(),
        absence.location(),
        ImmutableList.of());
  }

  private Verdict.Failed failed(
      String message,
      @Nullable String expected,
      @Nullable String actual,
      @Nullable SourceLocation location,
      ImmutableList<String> events) {
    Check.Feedback feedback = check.feedback();
    return new Verdict.Failed(
        message,
        expected,
        actual,
        feedback.path().map(FieldSelector::toString).orElse(null),
        location,
        feedback.why(),
        feedback.next(),
        feedback.hint(),
        events);
  }

  /// A computed text. One that breaks is left out: the learner must not pay for it.
  private Optional<String> words(Optional<Expression> expression, Scope scope) {
    return expression.flatMap(
        present -> {
          try {
            return Optional.of(Values.words(language.evaluate(present, scope)));
          } catch (ExpressionException e) {
            return Optional.empty();
          }
        });
  }

  private @Nullable String actual(Scope scope, @Nullable JsonObject object) {
    Check.Feedback feedback = check.feedback();
    Optional<String> computed = words(feedback.actual(), scope);
    if (computed.isPresent() || object == null || feedback.path().isEmpty()) {
      return computed.orElse(null);
    }
    Json value = feedback.path().get().in(object);
    return value == null ? "not set" : Values.words(value);
  }

  private boolean isAboutStatus() {
    return check.feedback().path().map(path -> path.toString().startsWith("status")).orElse(false);
  }

  /// Where the learner wrote the field, or what stands in its place.
  private Optional<SourceLocation> locate(FieldSelector path) {
    ObjectReference reference = check.object();
    if (reference == null) {
      return Optional.empty();
    }
    return Documents.describing(submission, reference)
        .flatMap(
            document -> {
              String found = path.deepest(document.object()).path();
              return found.isEmpty() ? Optional.empty() : Optional.of(document.locate(found));
            });
  }

  /// The latest warnings about the object, each once.
  private ImmutableList<String> warnings() {
    ObjectReference reference = check.object();
    if (reference == null) {
      return ImmutableList.of();
    }
    ImmutableList<String> all =
        evidence.events(reference.kind(), reference.namespace(), reference.name()).stream()
            .filter(event -> event.string("type").equals("Warning"))
            .map(event -> event.string("reason") + ": " + event.string("message"))
            .distinct()
            .collect(ImmutableList.toImmutableList());
    return all.subList(Math.max(0, all.size() - EVENTS_MAX), all.size());
  }
}
