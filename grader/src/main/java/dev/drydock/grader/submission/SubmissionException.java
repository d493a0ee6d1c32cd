package dev.drydock.grader.submission;

/// A submission that cannot be read at all. The message is one sentence for the learner.
public final class SubmissionException extends Exception {
  private final String next;

  /// @param next what to do about it, one sentence
  public SubmissionException(String message, String next) {
    super(message);
    this.next = next;
  }

  public String next() {
    return next;
  }
}
