package dev.drydock.cluster.apimachinery.schema;

/// A body whose values are not of the types its kind has; the message is Go's.
public final class DecodingException extends Exception {
  private final String conversion;

  public DecodingException(String message) {
    this(message, message);
  }

  /// @param conversion what {@link #conversion} says
  public DecodingException(String message, String conversion) {
    super(message);
    this.conversion = conversion;
  }

  /// The message where the value is not read from text but converted from a tree, as strategic
  /// merge patches do. Models runtime.DefaultUnstructuredConverter.
  public String conversion() {
    return conversion;
  }
}
