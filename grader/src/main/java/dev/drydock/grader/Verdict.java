package dev.drydock.grader;

import com.google.common.collect.ImmutableList;
import dev.drydock.grader.submission.SourceLocation;
import org.jspecify.annotations.Nullable;

/// What came of a check.
public sealed interface Verdict {

  record Passed() implements Verdict {}

  /// The learner's work is not there yet.
  ///
  /// @param message the gap in one sentence
  /// @param expected what would have been right
  /// @param actual what was found
  /// @param path the field it is about
  /// @param location where the learner wrote it
  /// @param why why it matters
  /// @param next a command to try
  /// @param hint a nudge towards the answer
  /// @param events the warnings that the cluster recorded about the object
  record Failed(
      String message,
      @Nullable String expected,
      @Nullable String actual,
      @Nullable String path,
      @Nullable SourceLocation location,
      @Nullable String why,
      @Nullable String next,
      @Nullable String hint,
      ImmutableList<String> events)
      implements Verdict {

    /// A failure with nothing but its message.
    public static Failed because(String message) {
      return new Failed(message, null, null, null, null, null, null, null, ImmutableList.of());
    }
  }

  /// The check itself broke: never the learner's fault.
  record Errored(String message) implements Verdict {}

  /// Nothing to judge, because something before it is missing.
  record Skipped(String reason) implements Verdict {}

  /// `passed`, `failed`, `errored` or `skipped`.
  default String word() {
    return switch (this) {
      case Passed _ -> "passed";
      case Failed _ -> "failed";
      case Errored _ -> "errored";
      case Skipped _ -> "skipped";
    };
  }
}
