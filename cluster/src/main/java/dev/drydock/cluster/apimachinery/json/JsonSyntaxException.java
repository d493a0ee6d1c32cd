package dev.drydock.cluster.apimachinery.json;

/// Text that is not the JSON or YAML it should be. The message is one sentence for a person.
public final class JsonSyntaxException extends Exception {
  private final int line;
  private final int column;

  /// Line and column count from 1; 0 where the place is not known.
  public JsonSyntaxException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
