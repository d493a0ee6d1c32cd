package dev.drydock.grader.cel;

/// An expression that does not compile or cannot be evaluated: the author's mistake or the
/// cluster's trouble, never the learner's fault. The message names the expression's source.
public final class ExpressionException extends Exception {
  public ExpressionException(String message, Throwable cause) {
    super(message, cause);
  }

  public ExpressionException(String message) {
    super(message);
  }
}
