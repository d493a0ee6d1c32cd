package dev.drydock.cluster.apimachinery.validation;

/// One thing that is wrong with one field. Models field.Error.
///
/// @param body what follows the path: type, value and detail
public record FieldError(Type type, String path, String body) {

  /// The kinds of field errors, with their words and the reasons they have on the wire.
  public enum Type {
    NOT_FOUND("FieldValueNotFound", "Not found"),
    REQUIRED("FieldValueRequired", "Required value"),
    DUPLICATE("FieldValueDuplicate", "Duplicate value"),
    INVALID("FieldValueInvalid", "Invalid value"),
    NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
    FORBIDDEN("FieldValueForbidden", "Forbidden"),
    TOO_LONG("FieldValueTooLong", "Too long"),
    TOO_MANY("FieldValueTooMany", "Too many"),
    INTERNAL("InternalError", "Internal error"),
    TYPE_INVALID("FieldValueTypeInvalid", "Invalid value");

    private final String reason;
    private final String words;

    Type(String reason, String words) {
      this.reason = reason;
      this.words = words;
    }

    public String reason() {
      return reason;
    }

    String words() {
      return words;
    }
  }

  @Override
  public String toString() {
    return path + ": " + body;
  }
}
