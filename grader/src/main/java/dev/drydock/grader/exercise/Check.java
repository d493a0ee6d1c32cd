package dev.drydock.grader.exercise;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.cel.Expression;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing that must be true for the exercise to be solved, worth some points.
///
/// @param title what is true when the check passes, in a few words
/// @param after a check that must have passed for this one to mean anything; without it this one is
///   skipped
/// @param object the live object that the check is about and reads as `object`; where it does not
///   exist, the check has failed
/// @param variables of this check alone, beside those of the list
public record Check(
    String id,
    String title,
    int points,
    @Nullable String after,
    @Nullable ObjectReference object,
    ImmutableList<CheckList.Variable> variables,
    Test test,
    Feedback feedback) {

  /// The id of the check that every submission of files has: that the API server takes them.
  public static final String ACCEPTED = "accepted";

  public static final String ACCEPTED_TITLE = "The API server accepts the manifests";

  /// How a check comes to its verdict.
  public sealed interface Test {
    /// A CEL expression that must be true.
    record Condition(Expression expression) implements Test {}
  }

  /// What a learner reads when the check has failed.
  ///
  /// @param message the gap in one sentence; used when there is no message expression, or when that
  ///   one breaks
  /// @param path the field the check is about, below its object
  /// @param expected what would have been right
  /// @param expectedExpression computes it
  /// @param actual computes what was found; without it, the value at the path is shown
  /// @param why why it matters
  /// @param next a command to try
  /// @param hint a nudge towards the answer
  public record Feedback(
      String message,
      Optional<Expression> messageExpression,
      Optional<FieldSelector> path,
      @Nullable String expected,
      Optional<Expression> expectedExpression,
      Optional<Expression> actual,
      @Nullable String why,
      @Nullable String next,
      @Nullable String hint) {}
}
