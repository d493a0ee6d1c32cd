package dev.drydock.server;

/// The workbook cannot be served here; the message says why in one plain sentence.
public final class StartException extends Exception {
  private final String next;

  StartException(String message, String next) {
    super(message);
    this.next = next;
  }

  /// What to do about it, one sentence.
  public String next() {
    return next;
  }
}
