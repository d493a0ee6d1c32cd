package dev.drydock.cluster.apimachinery.patch;

/// A patch that is not one, or that does not apply. The message is that of upstream's libraries.
public final class PatchException extends Exception {

  /// How the API server answers.
  public enum Answer {
    /// 400, with the message.
    BAD_REQUEST,
    /// 413, with the message.
    TOO_LARGE,
    /// 422 "the server rejected our request due to an error in our request", with the message as
    /// its cause.
    UNPROCESSABLE,
    /// 500, with the message.
    INTERNAL
  }

  private final Answer answer;

  PatchException(Answer answer, String message) {
    super(message);
    this.answer = answer;
  }

  public Answer answer() {
    return answer;
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
