package dev.drydock.cluster.durability;

/// A saved cluster cannot be read; the message is one sentence for people.
public final class DurabilityException extends Exception {
  public DurabilityException(String message) {
    super(message);
  }

  public DurabilityException(String message, Throwable cause) {
    super(message, cause);
  }
}
