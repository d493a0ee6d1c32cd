package dev.drydock.cluster.apimachinery.json;

/// A JSON number: a {@link Long} where the text is an integer that fits, else a {@link Double}, as
/// in apimachinery's unstructured objects.
public record JsonNumber(Number value) implements Json {

  public JsonNumber {
    if (!(value instanceof Long || value instanceof Double)) {
      throw new IllegalArgumentException("a Long or a Double is needed, not " + value.getClass());
    }
  }

  public JsonNumber(long value) {
    this((Number) value);
  }

  public boolean isInteger() {
    return value instanceof Long;
  }

  public long longValue() {
    return value.longValue();
  }
}
