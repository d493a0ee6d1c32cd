package dev.drydock.cluster.apimachinery.validation;

/// The path of a field, as error messages spell it: `spec.containers[0].ports`. Models field.Path.
public record FieldPath(String text) {

  public static FieldPath of(String name) {
    return new FieldPath(name);
  }

  public FieldPath child(String name) {
    return new FieldPath(text.isEmpty() ? name : text + "." + name);
  }

  public FieldPath index(int index) {
    return new FieldPath(text + "[" + index + "]");
  }

  public FieldPath key(String key) {
    return new FieldPath(text + "[" + key + "]");
  }

  @Override
  public String toString() {
    return text;
  }
}
