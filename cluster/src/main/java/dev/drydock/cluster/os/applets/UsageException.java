package dev.drydock.cluster.os.applets;

/// Arguments that a program cannot work with.
final class UsageException extends Exception {
  private final int status;

  UsageException(String message) {
    this(message, 1);
  }

  UsageException(String message, int status) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
