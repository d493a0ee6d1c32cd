package dev.drydock.cluster.os.shell;

/// A script that is not in the language.
final class SyntaxException extends Exception {
  private final boolean incomplete;

  SyntaxException(String message, boolean incomplete) {
    super(message);
    this.incomplete = incomplete;
  }

  /// True if more text could make it right.
  boolean isIncomplete() {
    return incomplete;
  }
}
