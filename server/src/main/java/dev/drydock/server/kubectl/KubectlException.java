package dev.drydock.server.kubectl;

/// No kubectl can be had. The message is one plain sentence; the next step is another.
public final class KubectlException extends Exception {
  private final String next;

  KubectlException(String message, String next) {
    super(message);
    this.next = next;
  }

  public String next() {
    return next;
  }
}
