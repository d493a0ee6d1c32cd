package dev.drydock.cluster.apimachinery.resource;

/// Text that is no quantity; the message is upstream's.
public final class QuantityFormatException extends IllegalArgumentException {
  public QuantityFormatException(String message) {
    super(message);
  }
}
