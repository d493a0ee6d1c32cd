package dev.drydock.server;

/// The workbook cannot be served here; the message is one plain sentence with the next step.
public final class StartException extends Exception {
  StartException(String message) {
    super(message);
  }
}
