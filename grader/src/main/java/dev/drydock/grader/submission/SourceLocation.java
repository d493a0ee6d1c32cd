package dev.drydock.grader.submission;

/// A place in a learner's file.
///
/// @param line counts from 1
public record SourceLocation(String file, int line, int column) {

  /// As compilers write it: `pod.yaml:8`.
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
