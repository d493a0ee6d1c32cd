package dev.drydock.grader.exercise;

/// An exercise whose files are not as they should be: the author's mistake, never the learner's.
/// The message is one sentence with the file and line.
public final class ExerciseFormatException extends Exception {
  public ExerciseFormatException(String message) {
    super(message);
  }

  public ExerciseFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
