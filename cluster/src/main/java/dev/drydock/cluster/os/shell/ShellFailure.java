package dev.drydock.cluster.os.shell;

/// An error that ends a script, or brings an interactive shell back to its prompt.
final class ShellFailure extends Exception {
  private final int status;

  ShellFailure(String message, int status) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
