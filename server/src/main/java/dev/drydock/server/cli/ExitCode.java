package dev.drydock.server.cli;

/// What the process ends with.
final class ExitCode {
  static final int DONE = 0;

  /// A submission or a proof did not pass.
  static final int NOT_PASSED = 1;

  /// Wrong usage, bad input, or something is missing.
  static final int USER_PROBLEM = 2;

  /// Something of ours broke.
  static final int BROKEN = 3;

  private ExitCode() {}
}
