package dev.drydock.grader.apply;

import dev.drydock.grader.submission.SourceLocation;

/// What became of one manifest.
public sealed interface ApplyResult {

  /// The API server has it now.
  record Applied(String what) implements ApplyResult {}

  /// The API server, or `kubectl` on its way there, refused it.
  ///
  /// @param message in their words
  /// @param path the field it is about; empty where it is about the whole
  record Rejected(String message, String path, SourceLocation location) implements ApplyResult {}
}
