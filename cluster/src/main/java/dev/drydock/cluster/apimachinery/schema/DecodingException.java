package dev.drydock.cluster.apimachinery.schema;

/// A body whose values are not of the types its kind has; the message is Go's.
public final class DecodingException extends Exception {
  public DecodingException(String message) {
    super(message);
  }
}
