package dev.drydock.cluster.apimachinery.cron;

/// A schedule that cannot be read. The message is the library's that Kubernetes uses.
public final class CronFormatException extends Exception {
  CronFormatException(String message) {
    super(message);
  }

  /// The message, never null.
  public String text() {
    return String.valueOf(getMessage());
  }
}
